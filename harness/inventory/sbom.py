"""The inventory as a CycloneDX 1.6 bill of materials in JSON; the same locks give the same bytes."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from harness.inventory.component import Component

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pruefstand:sbom")


def render_sbom(components: Sequence[Component], version: str) -> str:
    """The document. Its serial number is worked out from its content, and it holds no time."""
    own = f"pkg:generic/pruefstand@{version}"
    needed = {need for each in components for need in each.needs}
    content: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": own, "name": "pruefstand", "version": version, "purl": own,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [_component(each) for each in components],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(each.purl for each in components if each.purl not in needed)},
            *({"ref": each.purl, "dependsOn": list(each.needs)} for each in components),
        ],
    }  # fmt: skip
    serial = uuid.uuid5(_NAMESPACE, json.dumps(content, sort_keys=True))
    return json.dumps(content | {"serialNumber": f"urn:uuid:{serial}"}, indent=2, sort_keys=True) + "\n"


def _component(component: Component) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "application" if component.kind == "deb" else "library",
        "bom-ref": component.purl,
        "name": component.name,
        "purl": component.purl,
        "scope": "excluded" if component.used == "build" else "required",
    }
    if component.version:
        said["version"] = component.version
    if component.licence:
        single = not set(component.licence) & set(" ()")
        said["licenses"] = [{"license": {"id": component.licence}} if single else {"expression": component.licence}]
    return said

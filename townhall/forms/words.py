"""What the call page is told of its papers: the form, the address on the letter, and the sentences of its script."""

from townhall.forms import form_for
from townhall.language import sentences
from townhall.tenants import Tenant

_PREFIX = "papers_client."


def paper_words(tenant: Tenant, service_id: str, role: str, lang: str) -> dict[str, object]:
    """Return the template's words: ``shared_form``, None where the service has none, and ``papers`` for the script."""
    form = form_for(tenant.id, service_id)
    papers = {
        "lang": lang,
        "role": role,
        "form": form.model_dump() if form else None,
        "letter": {
            "municipality": tenant.name.model_dump(),
            "hall": tenant.hall.model_dump(),
            "address": tenant.address,
            "phone": tenant.phone,
            "mail": tenant.mail,
            "colour": tenant.colours.main,
        },
        "texts": _texts(lang),
        # The paper is for a German authority: its own words are German, and the reader's language stands beside them.
        "paper": {language: _texts(language, "papers_letter.") for language in {"de", lang}},
    }
    return {"shared_form": form, "papers": papers}


def _texts(lang: str, prefix: str = _PREFIX) -> dict[str, str]:
    return {key.removeprefix(prefix): text for key, text in sentences(lang).items() if key.startswith(prefix)}

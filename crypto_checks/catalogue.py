"""Every check of the bench, in the order in which reports show them."""

from collections.abc import Iterable

from crypto_checks.access.a01_no_barrier_found import CHECK as A01
from crypto_checks.access.a02_picture_and_lip_sync import CHECK as A02
from crypto_checks.access.a03_text_beside_the_call import CHECK as A03
from crypto_checks.cipher.c02_nonce_never_reused import CHECK as C02
from crypto_checks.keys.k04_fresh_keys_per_appointment import CHECK as K04
from crypto_checks.keys.k07_keys_nowhere_at_servers import CHECK as K07
from crypto_checks.keys.k08_link_secret_stays_local import CHECK as K08
from crypto_checks.keys.k09_no_hidden_participant import CHECK as K09
from crypto_checks.keys.k12_fails_closed import CHECK as K12
from crypto_checks.media.e01_media_opaque_to_server import CHECK as E01
from crypto_checks.media.e02_keyless_decoder_sees_nothing import CHECK as E02
from crypto_checks.media.e03_no_clear_first_frames import CHECK as E03
from crypto_checks.media.e05_every_track_covered import CHECK as E05
from crypto_checks.media.e08_data_opaque_to_server import CHECK as E08
from crypto_checks.media.e09_no_extra_key_holder import CHECK as E09
from crypto_checks.media.e11_path_change_keeps_e2ee import CHECK as E11
from crypto_checks.media.e12_transform_counts_match import CHECK as E12
from crypto_checks.privacy.p01_no_names_in_rooms_logs_metrics import CHECK as P01
from crypto_checks.privacy.p02_booking_store_holds_no_secret import CHECK as P02
from crypto_checks.privacy.p03_retention_deletes import CHECK as P03
from crypto_checks.privacy.p04_storage_before_consent import CHECK as P04
from crypto_checks.privacy.p05_hosts_contacted import CHECK as P05
from crypto_checks.privacy.p06_invitation_strength import CHECK as P06
from crypto_checks.privacy.p07_tenants_and_roles_isolated import CHECK as P07
from crypto_checks.privacy.p08_camera_and_microphone_off_until_consent import CHECK as P08
from crypto_checks.privacy.p09_security_headers import CHECK as P09
from crypto_checks.transport.t01_sdp_has_fingerprint_no_sdes import CHECK as T01
from crypto_checks.transport.t02_dtls_with_forward_secrecy import CHECK as T02
from crypto_checks.transport.t03_srtp_profile_floor import CHECK as T03
from harness.model.check import Check
from harness.model.errors import BenchError

CATALOGUE: tuple[Check, ...] = (
    *(E01, E02, E03, E05, E08, E09, E11, E12),
    C02,
    *(K04, K07, K08, K09, K12),
    *(T01, T02, T03),
    *(P01, P02, P03, P04, P05, P06, P07, P08, P09),
    *(A01, A02, A03),
)


def by_id(check_id: str) -> Check:
    """The check with an id. Raises ``BenchError`` naming the known ids where there is none."""
    for check in CATALOGUE:
        if check.id == check_id:
            return check
    known = ", ".join(check.id for check in CATALOGUE)
    raise BenchError(f"There is no check “{check_id}”. Known checks: {known}.")


def selected(check_ids: Iterable[str]) -> tuple[Check, ...]:
    """The checks with these ids in the catalogue's order, each once; all of them where no id is given."""
    wanted = {by_id(check_id).id for check_id in check_ids}
    return tuple(check for check in CATALOGUE if not wanted or check.id in wanted)

"""Every check of the bench, in the order in which reports show them."""

from collections.abc import Iterable

from crypto_checks.access.a01_no_barrier_found import CHECK as A01
from crypto_checks.access.a02_picture_and_lip_sync import CHECK as A02
from crypto_checks.access.a03_text_beside_the_call import CHECK as A03
from crypto_checks.cipher.c01_header_canonical import CHECK as C01
from crypto_checks.cipher.c02_nonce_never_reused import CHECK as C02
from crypto_checks.cipher.c03_one_sender_per_key import CHECK as C03
from crypto_checks.cipher.c04_tampering_rejected import CHECK as C04
from crypto_checks.cipher.c05_tag_strength import CHECK as C05
from crypto_checks.cipher.c06_replay_rejected import CHECK as C06
from crypto_checks.cipher.c07_unknown_key_discarded import CHECK as C07
from crypto_checks.cipher.c08_no_block_patterns import CHECK as C08
from crypto_checks.cipher.c09_keystream_never_overlaps import CHECK as C09
from crypto_checks.cipher.c10_cipher_suite_floor import CHECK as C10
from crypto_checks.keys.k01_late_joiner_cannot_read_past import CHECK as K01
from crypto_checks.keys.k02_leaver_cannot_read_on import CHECK as K02
from crypto_checks.keys.k03_new_key_at_every_change import CHECK as K03
from crypto_checks.keys.k04_fresh_keys_per_appointment import CHECK as K04
from crypto_checks.keys.k05_safety_code_bound_to_keys import CHECK as K05
from crypto_checks.keys.k06_safety_code_strength import CHECK as K06
from crypto_checks.keys.k07_keys_nowhere_at_servers import CHECK as K07
from crypto_checks.keys.k08_link_secret_stays_local import CHECK as K08
from crypto_checks.keys.k09_no_hidden_participant import CHECK as K09
from crypto_checks.keys.k10_no_downgrade import CHECK as K10
from crypto_checks.keys.k11_lock_shows_truth import CHECK as K11
from crypto_checks.keys.k12_fails_closed import CHECK as K12
from crypto_checks.media.e01_media_opaque_to_server import CHECK as E01
from crypto_checks.media.e02_keyless_decoder_sees_nothing import CHECK as E02
from crypto_checks.media.e03_no_clear_first_frames import CHECK as E03
from crypto_checks.media.e04_clear_bytes_within_profile import CHECK as E04
from crypto_checks.media.e05_every_track_covered import CHECK as E05
from crypto_checks.media.e06_every_codec_covered import CHECK as E06
from crypto_checks.media.e07_only_listed_specials_in_clear import CHECK as E07
from crypto_checks.media.e08_data_opaque_to_server import CHECK as E08
from crypto_checks.media.e09_no_extra_key_holder import CHECK as E09
from crypto_checks.media.e10_wire_is_srtp import CHECK as E10
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
from crypto_checks.transport.t04_wrong_fingerprint_aborts import CHECK as T04
from crypto_checks.transport.t05_fresh_dtls_certificate import CHECK as T05
from crypto_checks.transport.t06_tls_floor import CHECK as T06
from crypto_checks.transport.t07_relay_fallback import CHECK as T07
from crypto_checks.transport.t08_turn_credentials_short_lived import CHECK as T08
from harness.model.check import Check
from harness.model.errors import BenchError

CATALOGUE: tuple[Check, ...] = (
    *(E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E11, E12),
    *(C01, C02, C03, C04, C05, C06, C07, C08, C09, C10),
    *(K01, K02, K03, K04, K05, K06, K07, K08, K09, K10, K11, K12),
    *(T01, T02, T03, T04, T05, T06, T07, T08),
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

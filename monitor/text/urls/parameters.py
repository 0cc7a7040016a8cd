"""Which parameters of a query name the article. What says how a reader came here, who shared it, in which dress it is
shown or whose session it is does not; what may be an article's number or name is kept."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from monitor.text.urls.reading import normal_parameter


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PREFIXES = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_", "wt_", "ns_", "xtor", "stm_", "itm_", "int_", "share_",
    "gaa_", "gad_", "bsft_", "elq", "fb_action_", "__cft__", "__xts__", "__cf_chl_", "_x_tr_", "aspsessionid",
)  # fmt: skip
_NAMES = _words(
    # clicks on advertisements
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid ymclid twclid ttclid li_fat_id epik rdt_cid sccid "
    "_openstat tblci dicbo irclickid irgwc zanpid cjevent rb_clid s_kwcid ef_id wickedid srsltid "
    # mailings
    "mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv oly_anon_id oly_enc_id "
    "_kx ck_subscriber_id sc_src sc_llid sc_lid sc_uid dm_i cm_mmc cm_ite sfmc_id emci emdi cndid bxid esrc _bta_tid "
    "_bta_c "
    # campaigns and analytics
    "_ga _gl _gac s_cid icid icmp ncid cmpid campaign_id campaignid ocid cvid intcid intcmp ftag ftcamp tpcc taid mbid "
    "traffic_source spm scm feature_ref cid_source trk trkinfo trackingid lipi licu tsrc .tsrc yptr wprov vd_source "
    "spref referrer referer _ nocache "
    # sharing
    "igshid igsh mibextid sfnsn ref_src ref_url __twitter_impression smid smtyp soc_src soc_trk guccounter "
    "guce_referrer guce_referrer_sig wpisrc ito share shareid sharetoken echobox fref hc_ref hc_location __tn__ "
    "hootpostid replytocom "
    # sessions
    "phpsessid jsessionid sessionid session_id cfid cftoken zenid oscsid "
    # dresses
    "amp amp_js_v amp_gsa usqp"
)
_SHARED_ON = re.compile(r"sf\d{6,}")
_WAY = _words("ref source src from via origin partner emc mod cmp cid campaign medium feature platform")
_FROM_WHERE = re.compile(
    r"(?:rss|atom|feed|feeds|feedburner|newsletter|e?mail|twitter|x|facebook|fb|instagram|telegram|whatsapp|linkedin|"
    r"reddit|pinterest|flipboard|googlenews|google|bing|yahoo|msn|app|home|homepage|frontpage|hp|social|share|sharing|"
    r"push|notification|amp|mobile|widget|sidebar|youtu\.be)(?![a-z0-9])"
)
_DRESS = _words("output outputtype view format mode type display layout theme tmpl service")
_DRESSES = _words("amp print printable printer print-friendly printfriendly mobile component")
_SWITCHES = _words("print printable printview print_view printerfriendly mobile nomobile rss")
_ON = frozenset(["", "1", "0", "true", "false", "yes", "no", "y", "on"])
_SESSION = re.compile(r"[0-9a-f]{32}")


def normal_query(query: str, host: str) -> str:
    """What is left of it, in one order: by name, parameters of one name as they stood."""
    kept: list[str] = []
    for part in re.split("[&;]", query) if query else ():
        name, _, value = part.partition("=")
        name = unquote_plus(name).strip().lower()
        if part and not _is_noise(name, unquote_plus(value).strip().lower(), host):
            kept.append(normal_parameter(part))
    return "&".join(sorted(kept, key=lambda part: part.partition("=")[0]))


def _is_noise(name: str, value: str, host: str) -> bool:
    return (
        name in _NAMES
        or name.startswith(_PREFIXES)
        or bool(_SHARED_ON.fullmatch(name))
        or (name in _WAY and bool(_FROM_WHERE.match(value)))
        or (name in _DRESS and value in _DRESSES)
        or (name in _SWITCHES and value in _ON)
        or (name in ("s", "sid", "session") and bool(_SESSION.fullmatch(value)))
        or (name == "m" and host.endswith(".blogspot.com"))
    )

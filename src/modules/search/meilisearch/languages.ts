/** The languages that Meilisearch can be told of: ISO 639-1, and ISO 639-3 as it answers. */
const pairs =
  "af:afr ak:aka am:amh ar:ara az:aze be:bel bn:ben bg:bul ca:cat cs:ces da:dan de:deu el:ell en:eng " +
  "eo:epo et:est fi:fin fr:fra gu:guj he:heb hi:hin hr:hrv hu:hun hy:hye id:ind it:ita jv:jav ja:jpn " +
  "kn:kan ka:kat km:khm ko:kor la:lat lv:lav lt:lit ml:mal mr:mar mk:mkd my:mya ne:nep nl:nld nb:nob " +
  "no:nob or:ori pa:pan fa:pes pl:pol pt:por ro:ron ru:rus si:sin sk:slk sl:slv sn:sna es:spa sr:srp " +
  "sv:swe ta:tam te:tel tl:tgl th:tha tk:tuk tr:tur uk:ukr ur:urd uz:uzb vi:vie yi:yid zh:zho zu:zul";

const codes = new Map(pairs.split(" ").map((pair) => pair.split(":") as [string, string]));

/** The ISO 639-3 code of a BCP 47 locale's language; undefined for one that Meilisearch does not know. */
export function languageOf(locale: string): string | undefined {
  return codes.get(locale.toLowerCase().split("-")[0] ?? "");
}

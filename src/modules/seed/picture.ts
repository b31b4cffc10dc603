/** What a picture shows, drawn within 120 × 120: `c` is the colour of the thing, `d` a darker part, `l` a lighter. */
const motifs = {
  bag: "<path fill='c' d='M38 32h44l6 70H32z'/><path fill='d' d='M38 32h44l-3-12H41z'/><circle fill='l' cx='60' cy='68' r='13'/>",
  brewer:
    "<path fill='c' d='M28 30h64L73 66H47z'/><path fill='d' d='M42 66h36v7H42z'/><path fill='l' d='M40 78h40v16q0 10-10 10H50q-10 0-10-10z'/>",
  cup: "<path fill='none' stroke='d' stroke-width='7' d='M78 50h7a11 12 0 0 1 0 26h-8'/><path fill='c' d='M32 38h48v44q0 16-16 16H48q-16 0-16-16z'/><path fill='l' d='M32 38h48v8H32z'/>",
  board:
    "<rect fill='c' x='26' y='24' width='44' height='78' rx='12'/><circle fill='l' cx='48' cy='36' r='5'/><path fill='d' d='M82 22h8v46h-8zM80 68h12v34q-12 0-12-10z'/>",
  lamp: "<path fill='c' d='M46 22h28l18 38H28z'/><path fill='d' d='M57 60h6v38h-6zM40 98h40v6H40z'/><path fill='l' d='M34 60h52l4 6H30z'/>",
  cloth:
    "<rect fill='c' x='26' y='36' width='68' height='20' rx='9'/><rect fill='l' x='26' y='58' width='68' height='20' rx='9'/><rect fill='d' x='26' y='80' width='68' height='20' rx='9'/>",
  box: "<path fill='c' d='M26 44h68v56H26z'/><path fill='d' d='M20 30h80v16H20z'/><path fill='l' d='M48 62h24v9H48z'/>",
  tent: "<path fill='c' d='M60 22l48 78H12z'/><path fill='d' d='M60 50l18 50H42z'/><path fill='l' d='M58 14h4v14h-4z'/>",
  plant:
    "<path fill='l' d='M60 62Q30 54 30 24q30 4 30 38zM60 62q0-36 32-40 0 34-32 40z'/><path fill='c' d='M34 62h52l-7 42H41z'/><path fill='d' d='M32 58h56v10H32z'/>",
  pack: "<path fill='none' stroke='d' stroke-width='6' d='M46 32V22h28v10'/><path fill='c' d='M32 44q0-14 14-14h28q14 0 14 14v58H32z'/><path fill='d' d='M40 66h40v24H40z'/><path fill='l' d='M40 66h40v7H40z'/>",
} as const;

export type Motif = keyof typeof motifs;

/** Degrees on the colour wheel, and how much of the colour there is. */
export interface Tint {
  hue: number;
  saturation: number;
}

/**
 * The URL of a drawing that needs no network and no file: SVG in the text itself, some 600 characters.
 * `view` tells the pictures of one thing apart: 0 shows it whole, others closer and on a darker ground.
 */
export function picture(motif: Motif, { hue, saturation }: Tint, view = 0): string {
  const shade = (lightness: number) => `hsl(${hue} ${saturation}% ${lightness}%)`;
  const drawing = motifs[motif]
    .replaceAll("'c'", `'${shade(52)}'`)
    .replaceAll("'d'", `'${shade(34)}'`)
    .replaceAll("'l'", `'${shade(78)}'`);
  const frame = view === 0 ? "-9 0 138 120" : "15 15 92 80";
  const ground = view === 0 ? shade(93) : shade(87);
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='${frame}'><path fill='${ground}' d='M-20-10h160v140H-20z'/>${drawing}</svg>`;
  return `data:image/svg+xml,${svg.replace(/[<>#%]/g, encodeURIComponent)}`;
}

/**
 * What the style sheets hold to: logical properties only, every rule in a known layer, colours in the tokens alone,
 * purposes rather than the palette, nothing `!important`.
 */
import postcss, { type AtRule, type ChildNode, type Declaration, type Node, type Root } from "postcss";
import type { Fault } from "../../../pwa/client/build/sources.ts";

export interface Sheet {
  readonly path: string;
  readonly root: Root;
}

/** In this order, the later over the earlier. */
export const LAYERS = ["reset", "tokens", "base", "layout", "components", "screens", "utilities", "print"];

/** Parse one style sheet. Throws where its syntax is broken. */
export function parseSheet(path: string, text: string): Sheet {
  return { path, root: postcss.parse(text, { from: path }) };
}

/** Without `overflow-y`: the browsers that the app is built for know no logical name for it. */
const PHYSICAL = new RegExp(
  [
    "^(scroll-)?(margin|padding)-(left|right|top|bottom)$",
    "^border-(left|right|top|bottom)(-|$)",
    "^(left|right|top|bottom)$",
    "^(min-|max-|contain-intrinsic-)?(width|height)$",
  ].join("|"),
);
const SIDED = /^(float|clear|text-align|text-align-last|caption-side)$/;
/** Values that name properties. */
const NAMING = /^(transition|transition-property|will-change)$/;

/** Find physical properties and values: what is left in English is right in Arabic. */
export function findPhysical(sheets: readonly Sheet[]): readonly Fault[] {
  return inDeclarations(sheets, ({ prop, value }) => {
    if (PHYSICAL.test(prop)) return `${prop} is physical.`;
    if (SIDED.test(prop) && /\b(left|right)\b/.test(value)) return `${prop}: ${value} is physical.`;
    const named = NAMING.test(prop) ? value.split(/[\s,]+/).find((word) => PHYSICAL.test(word)) : undefined;
    return named === undefined ? undefined : `${prop} names ${named}, which is physical.`;
  });
}

export function findImportant(sheets: readonly Sheet[]): readonly Fault[] {
  return inDeclarations(sheets, ({ important, prop }) => (important ? `${prop} is !important.` : undefined));
}

/** Find rules outside the layers, layers nobody knows, and a list of layers that is not the one agreed on. */
export function findOutsideLayers(sheets: readonly Sheet[]): readonly Fault[] {
  const lists = sheets.flatMap((sheet) => sheet.root.nodes.flatMap((node) => (isLayerList(node) ? [{ sheet, node }] : [])));
  const faults = lists
    .filter(({ node }) => node.params.replaceAll(" ", "") !== LAYERS.join(","))
    .map(({ sheet, node }) => at(sheet, node, `The layers are ${LAYERS.join(", ")}.`));
  if (lists.length !== 1)
    faults.push({ path: sheets[0]?.path ?? "", line: 1, says: `The layers are listed ${lists.length} times, not once.` });
  for (const sheet of sheets) {
    for (const node of sheet.root.nodes) {
      if (node.type === "comment" || isLayerList(node)) continue;
      if (node.type === "atrule" && ["import", "charset", "property", "font-face"].includes(node.name)) continue;
      const layer = node.type === "atrule" && node.name === "layer" ? node.params : undefined;
      if (layer === undefined || !LAYERS.includes(layer)) faults.push(at(sheet, node, `${headOf(node)} lies in no known layer.`));
    }
  }
  return faults;
}

const COLOUR_FUNCTION = /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i;
const COLOURED = /color|background|border|outline|fill|stroke|shadow|decoration|^--/;
/** The CSS names of colours; not `transparent`, `currentColor` and the system's own, which follow the person's choice. */
const NAMED_COLOUR = new RegExp(
  `(?<![\\w-])(${[
    "aliceblue|antiquewhite|aqua|aquamarine|azure|beige|bisque|black|blanchedalmond|blue|blueviolet|brown|burlywood|cadetblue",
    "chartreuse|chocolate|coral|cornflowerblue|cornsilk|crimson|cyan|(?:dark|light|medium|pale|deep)[a-z]+|dimgr[ae]y|dodgerblue",
    "firebrick|floralwhite|forestgreen|fuchsia|gainsboro|ghostwhite|gold|goldenrod|gr[ae]y|green|greenyellow|honeydew|hotpink",
    "indianred|indigo|ivory|khaki|lavender|lavenderblush|lawngreen|lemonchiffon|lime|limegreen|linen|magenta|maroon|midnightblue",
    "mintcream|mistyrose|moccasin|navajowhite|navy|oldlace|olive|olivedrab|orange|orangered|orchid|papayawhip|peachpuff|peru|pink",
    "plum|powderblue|purple|rebeccapurple|red|rosybrown|royalblue|saddlebrown|salmon|sandybrown|seagreen|seashell|sienna|silver",
    "skyblue|slateblue|slategr[ae]y|snow|springgreen|steelblue|tan|teal|thistle|tomato|turquoise|violet|wheat|white|whitesmoke|yellow",
    "yellowgreen",
  ].join("|")})(?![\\w(-])`,
  "i",
);

/** Find colours written out anywhere but in the tokens. */
export function findColours(sheets: readonly Sheet[]): readonly Fault[] {
  return inDeclarations(
    sheets.filter((sheet) => !isTokens(sheet)),
    ({ prop, value }) => {
      const plain = withoutStrings(value);
      const isColour = COLOUR_FUNCTION.test(plain) || (COLOURED.test(prop) && NAMED_COLOUR.test(plain));
      return isColour ? `${prop}: ${value} is a colour outside the tokens.` : undefined;
    },
  );
}

/** Find palette tokens read anywhere but in the tokens, and tokens that nobody declares. */
export function findMisusedTokens(sheets: readonly Sheet[]): readonly Fault[] {
  const palette = paletteOf(sheets);
  const declared = new Set<string>();
  for (const { root } of sheets) root.walkDecls(/^--/, ({ prop }) => void declared.add(prop));
  return sheets.flatMap((sheet) =>
    inDeclarations([sheet], ({ value }) => {
      for (const [, name = "", rest = ""] of value.matchAll(/var\(\s*(--[\w-]+)\s*(,?)/g)) {
        if (palette.has(name) && !isTokens(sheet)) return `${name} is of the palette; its purpose has a token.`;
        if (!declared.has(name) && rest === "") return `${name} is declared nowhere.`;
      }
      return undefined;
    }),
  );
}

/** Tokens that are always one plain colour: those of purpose differ between light and dark. */
export function paletteOf(sheets: readonly Sheet[]): ReadonlySet<string> {
  const plain = new Set<string>();
  const other = new Set<string>();
  for (const { root } of sheets.filter(isTokens)) {
    root.walkDecls(/^--/, ({ prop, value }) => void (/^(#[0-9a-f]+|(rgb|oklch|hsl)\([^()]*\))$/i.test(value) ? plain : other).add(prop));
  }
  return new Set([...plain].filter((name) => !other.has(name)));
}

function inDeclarations(sheets: readonly Sheet[], check: (declaration: Declaration) => string | undefined): readonly Fault[] {
  return sheets.flatMap((sheet) => {
    const faults: Fault[] = [];
    sheet.root.walkDecls((declaration) => {
      const says = check(declaration);
      if (says !== undefined) faults.push(at(sheet, declaration, says));
    });
    return faults;
  });
}

function at(sheet: Sheet, node: Node, says: string): Fault {
  return { path: sheet.path, line: node.source?.start?.line ?? 1, says };
}

function isTokens({ path }: Sheet): boolean {
  return path.endsWith("/tokens.css");
}

function isLayerList(node: ChildNode): node is AtRule & { readonly nodes: undefined } {
  return node.type === "atrule" && node.name === "layer" && node.nodes === undefined;
}

function headOf(node: Node): string {
  return node.toString().split("{")[0]?.trim() ?? "";
}

function withoutStrings(value: string): string {
  return value.replace(/"[^"]*"|'[^']*'|url\([^)]*\)/g, "");
}

/** Text in the server's templates that does not come from the catalogue. */
import { type Fault, faultAt } from "./sources.ts";

/** Attributes whose text a person sees or hears. */
const READ = new Set(["title", "alt", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"]);
/** What `<meta name>` says to people: search results and the home screen show it. */
const READ_META = /^(description|application-name|apple-mobile-web-app-title|author|og:title|og:description)$/;
/** A tag: its name, then its attributes, whose values may hold any character in quotes. */
const TAG = /<(\/?[a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Find text between tags, in read attributes and in `{{ "…" }}` that no `_("…")` gave. */
export function findTextInTemplates(templates: readonly { readonly path: string; readonly text: string }[]): readonly Fault[] {
  return templates.flatMap((template) => {
    const found: { at: number; text: string }[] = [];
    const html = blankOut(template.text, (at, text) => found.push({ at, text }));
    found.push(...textNodes(html), ...readAttributes(html));
    return found.sort((a, b) => a.at - b.at).map(({ at, text }) => faultAt(template, at, `"${text.trim()}" is not in the catalogue.`));
  });
}

/** Replace Jinja and comments by spaces, so that every offset stays. Tells of literals that Jinja would print. */
function blankOut(text: string, tellOf: (at: number, text: string) => void): string {
  return text
    .replace(/\{#[\s\S]*?#\}|\{%[\s\S]*?%\}|<!--[\s\S]*?-->|<!doctype[^>]*>/gi, blank)
    .replace(/\{\{[\s\S]*?\}\}/g, (expression, at: number) => {
      const printed = /^\{\{-?\s*(?:"([^"]*)"|'([^']*)')/.exec(expression);
      const literal = printed?.[1] ?? printed?.[2] ?? "";
      if (/\p{L}/u.test(literal)) tellOf(at, literal);
      return blank(expression);
    })
    .replace(
      /(<(script|style)\b[^>]*>)([\s\S]*?)(<\/\2>)/gi,
      (_, open: string, __, body: string, close: string) => open + blank(body) + close,
    );
}

function textNodes(html: string): readonly { at: number; text: string }[] {
  const between = html.replace(TAG, (tag) => "\u0000".repeat(tag.length)).replace(/&\w+;/g, blank);
  return [...between.matchAll(/[^\0]+/g)]
    .filter(([text]) => /\p{L}/u.test(text))
    .map((match) => ({
      at: match.index + match[0].length - match[0].trimStart().length,
      text: match[0],
    }));
}

function readAttributes(html: string): readonly { at: number; text: string }[] {
  return [...html.matchAll(TAG)].flatMap((tag) => {
    const attributes = [...(tag[2] ?? "").matchAll(ATTRIBUTE)].map(
      ([, name, double, single]) => [name ?? "", double ?? single ?? ""] as const,
    );
    const meta = attributes.find(([name]) => name === "name" || name === "property")?.[1] ?? "";
    const isReadMeta = tag[1]?.toLowerCase() === "meta" && READ_META.test(meta);
    return attributes
      .filter(([name, value]) => (READ.has(name) || (isReadMeta && name === "content")) && /\p{L}/u.test(value))
      .map(([, value]) => ({ at: tag.index, text: value }));
  });
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

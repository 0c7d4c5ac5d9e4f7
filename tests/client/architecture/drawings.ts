/** Which drawings the first screens may show: those that come with the app, and not with the second script. */
import { posix } from "node:path";
import { type Fault, faultAt, literalText, type Source, walk } from "../../../pwa/client/build/sources.ts";
import { importsAtOnce } from "./arrows.ts";

const ICON = /^(icon|hintIcon|name)$/;

/** Find drawings of `later` that a file which comes with `entry` names for an icon. */
export function findLateDrawings(sources: readonly Source[], entry: string, later: ReadonlySet<string>): readonly Fault[] {
  return atOnceWith(sources, entry).flatMap((source) =>
    iconsIn(source).flatMap(({ name, at }) => (later.has(name) ? [faultAt(source, at, `The drawing ${name} is not here yet.`)] : [])),
  );
}

/** The files that `entry` imports at once, directly or not, and itself. */
function atOnceWith(sources: readonly Source[], entry: string): readonly Source[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set([entry]);
  for (const path of reached) {
    const source = byPath.get(path);
    for (const { specifier } of source === undefined ? [] : importsAtOnce(source)) {
      if (specifier?.startsWith(".")) reached.add(posix.join(posix.dirname(path), specifier));
    }
  }
  return [...reached].flatMap((path) => byPath.get(path) ?? []);
}

/** Texts that stand where an icon is named: in an attribute or a property of that name, also behind a condition. */
function iconsIn(source: Source): readonly { readonly name: string; readonly at: number }[] {
  const found: { name: string; at: number }[] = [];
  walk(source.program, (node, ancestors) => {
    const text = literalText(node);
    const isIcon = ancestors.some(
      (above) =>
        (above.type === "JSXAttribute" && above.name.type === "JSXIdentifier" && ICON.test(above.name.name)) ||
        (above.type === "Property" && above.key.type === "Identifier" && ICON.test(above.key.name)),
    );
    if (text !== undefined && isIcon) found.push({ name: text, at: node.start });
    return undefined;
  });
  return found;
}

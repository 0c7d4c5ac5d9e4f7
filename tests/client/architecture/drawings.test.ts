import assert from "node:assert/strict";
import { test } from "node:test";
import { listFaults, parseSource } from "../../../pwa/client/build/sources.ts";
import { drawingOf, learnDrawings } from "../../../pwa/client/components/drawings.ts";
import { LATER } from "../../../pwa/client/components/later-drawings.ts";
import { findLateDrawings } from "./drawings.ts";
import { clientSources } from "./tree.ts";

const ENTRY = "pwa/client/app.tsx";

test("no first screen shows a drawing that comes later, and what was learnt is there", async () => {
  assert.equal(drawingOf("walk"), undefined);
  learnDrawings(LATER);
  assert.equal(drawingOf("walk"), LATER.walk);
  assert.equal(listFaults(findLateDrawings(await clientSources(), ENTRY, new Set(Object.keys(LATER)))), "");
});

const TODAY = "pwa/client/today.tsx";
const PLANTED = [
  'export const Today = () => <Button icon="walk" />;',
  'export const Today = (isOut: boolean) => <Icon name={isOut ? "walk" : "cairn"} />;',
  'export const PLACES = [{ href: "/", icon: "walk" }];',
];

for (const text of PLANTED) {
  test(`planted: ${text} is found, unless it comes later itself`, () => {
    const find = (app: string) =>
      listFaults(findLateDrawings([parseSource(ENTRY, app), parseSource(TODAY, text)], ENTRY, new Set(["walk"])));
    assert.match(find('import "./today.tsx";'), /today\.tsx:1: The drawing walk is not here yet/);
    assert.equal(find('void import("./today.tsx");'), "");
    assert.equal(find('import type { Today } from "./today.tsx";'), "");
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { listFaults, parseSource } from "../../../pwa/client/build/sources.ts";
import { findSignalWrites } from "./signals.ts";
import { clientSources } from "./tree.ts";

const sources = await clientSources();

test("only the store writes signals", () => {
  assert.ok(
    sources.some(({ text }) => /^import .* from "@preact\/signals"/m.test(text)),
    "signals were found",
  );
  assert.equal(listFaults(findSignalWrites(sources)), "");
});

const WRITES = [
  'import { store } from "../store/index.ts"; store.phase.value = "open";',
  'import { wins } from "../store/index.ts"; wins.value = [];',
  'import { store } from "../store/index.ts"; class Wins { #wins = store.wins; clear() { this.#wins.value = []; } }',
  "export const Wins = ({ wins }: { wins: { value: number } }) => { wins.value++; return null; };",
];

for (const text of WRITES) {
  test(`planted: ${text} is found`, () => {
    assert.match(listFaults(findSignalWrites([parseSource("pwa/client/screens/planted.tsx", text)])), /Only the store writes signals/);
  });
}

test("a component's own signal and an element's value are let through", () => {
  const text = `
    import { useSignal } from "@preact/signals";
    export const Field = () => {
      const open = useSignal(false);
      return <input onInput={(event) => { open.value = true; event.currentTarget.value = ""; }} />;
    };`;
  assert.deepEqual(findSignalWrites([parseSource("pwa/client/components/field.tsx", text)]), []);
});

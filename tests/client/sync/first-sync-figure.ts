/**
 * Milliseconds of a first sync, in Node: `node tests/client/sync/first-sync-figure.ts 10000`. Each revision says how far
 * its writer had seen the server. The database is fake-indexeddb, slower than a browser's; the server's own time is taken off.
 */
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { encodeBody } from "../../../pwa/client/replica/body.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { makeRecordId, makeWriter, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { sealRevision } from "../../../pwa/client/vault/revision.ts";
import { makeVault } from "../vault/vault-of-tests.ts";
import { Home, notes } from "./devices.ts";

const RECORDS = Number(process.argv[2] ?? 10_000);
const ends: (() => void)[] = [];
const home = new Home({ after: (end) => ends.push(end) }, await makeVault());
const { keys, space, key } = home.vault;
const writer = makeWriter(randomBytes);
const known = new Set<string>();
for (let i = 0; i < RECORDS; i++) {
  const record = makeRecordId(randomBytes);
  const header = encodeHeader({ format: 1, kind: "edit", owner: "vault", space, record, keyId: key.id, parents: [] });
  const entries = [
    { field: "note", writer, n: 1, value: `Slept badly, walked to the shop, number ${i}`, at: i },
    { field: "pain", writer, n: 2, value: 4, at: i },
  ];
  const last = home.server.rows.at(-1);
  const chain = last?.chain.toString("base64url") ?? "";
  const saw = { generation: home.server.generation, seq: last?.seq ?? 0, chain };
  const body = encodeBody(checkIn.name, { entries, writers: { [writer]: 2 } }, saw);
  const { id, blob } = await sealRevision({ keys, header, body });
  known.add(id);
  home.server.take({ id, header: toBase64url(header), blob: toBase64url(blob) });
}
let served = 0;
const phone = await home.phone();
const start = process.cpuUsage();
const cpu = (): number => {
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1_000 - served);
};
const device = await home.start(phone, async (address, init) => {
  const before = process.cpuUsage();
  const answer = await home.server.fetch(address, init);
  const { user, system } = process.cpuUsage(before);
  served += (user + system) / 1_000;
  return answer;
});
let usable = 0;
const looking = setInterval(() => {
  if (notes(device.diary).length === 0) return;
  clearInterval(looking);
  usable = cpu();
}, 1);
await device.sync.now();
const complete = cpu();
const [records, requests] = [notes(device.diary).length, home.server.asked.length];
console.log(JSON.stringify({ usable, complete, records, requests, state: device.sync.status.value.kind }));
for (const end of ends) end();
process.exit();

// Creates, fills, searches with a filter, updates and deletes over gRPC with the unmodified JavaScript client.
// Environment: VECTORHUB_GRPC (127.0.0.1:6334) and VECTORHUB_API_KEY. Exits 0 if all is right.
import assert from 'node:assert/strict';
import {QdrantClient} from '@qdrant/js-client-grpc';

const [host, port] = process.env.VECTORHUB_GRPC.split(':');
const apiKey = process.env.VECTORHUB_API_KEY;
const warn = console.warn;
console.warn = (...args) => (String(args[0]).includes('unsecure') ? undefined : warn(...args));

const client = new QdrantClient({host, port: Number(port), https: false, apiKey, checkCompatibility: false});
const collections = client.api('collections');
const points = client.api('points');
const collectionName = 'e2e-js-grpc';
const COSINE = 1;

const num = (value) => ({pointIdOptions: {case: 'num', value: BigInt(value)}});
const text = (value) => ({kind: {case: 'stringValue', value}});
const vector = (data) => ({vectorsOptions: {case: 'vector', value: {vector: {case: 'dense', value: {data}}}}});
const london = {
  must: [
    {conditionOneOf: {case: 'field', value: {key: 'city', match: {matchValue: {case: 'keyword', value: 'London'}}}}},
  ],
};

await collections.delete({collectionName});
await collections.create({
  collectionName,
  vectorsConfig: {config: {case: 'params', value: {size: 4n, distance: COSINE}}},
});
assert.equal((await collections.collectionExists({collectionName})).result.exists, true);
await points.upsert({
  collectionName,
  wait: true,
  points: [
    {id: num(1), vectors: vector([0.05, 0.61, 0.76, 0.74]), payload: {city: text('Berlin')}},
    {id: num(2), vectors: vector([0.19, 0.81, 0.75, 0.11]), payload: {city: text('London')}},
    {id: num(3), vectors: vector([0.36, 0.55, 0.47, 0.94]), payload: {city: text('London')}},
  ],
});
const found = await points.query({
  collectionName,
  query: {variant: {case: 'nearest', value: {variant: {case: 'dense', value: {data: [0.2, 0.1, 0.9, 0.7]}}}}},
  filter: london,
  limit: 5n,
  withPayload: {selectorOptions: {case: 'enable', value: true}},
});
assert.deepEqual(found.result.map((p) => p.id.pointIdOptions.value), [3n, 2n]);
assert.equal(found.result[0].payload.city.kind.value, 'London');
await points.setPayload({
  collectionName,
  wait: true,
  payload: {seen: {kind: {case: 'boolValue', value: true}}},
  pointsSelector: {pointsSelectorOneOf: {case: 'points', value: {ids: [num(1)]}}},
});
const one = await points.get({
  collectionName,
  ids: [num(1)],
  withPayload: {selectorOptions: {case: 'enable', value: true}},
});
assert.equal(one.result[0].payload.seen.kind.value, true);
await points.delete({
  collectionName,
  wait: true,
  points: {pointsSelectorOneOf: {case: 'filter', value: london}},
});
assert.equal((await points.count({collectionName})).result.count, 1n);
await assert.rejects(points.count({collectionName: 'not-there'}), /doesn't exist/);
await collections.delete({collectionName});
console.log('ok grpc');

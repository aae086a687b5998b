// Does every operation of the tenant API with the unmodified JavaScript client and checks the answers.
// Environment: VECTORHUB_URL (http://127.0.0.1:6333) and VECTORHUB_API_KEY. Exits 0 if all is right.
import assert from 'node:assert/strict';
import {QdrantClient} from '@qdrant/js-client-rest';
import {QdrantClient as OlderClient} from 'qdrant-js-client-rest-1-15';

const url = process.env.VECTORHUB_URL;
const apiKey = process.env.VECTORHUB_API_KEY;
if (!url || !apiKey) {
  console.error('set VECTORHUB_URL and VECTORHUB_API_KEY');
  process.exit(2);
}

// A key over plain HTTP is what a test on loopback does; any other warning is a failure.
const INSECURE = 'Api key is used with unsecure connection.';
const warnings = [];
console.warn = (...args) => {
  if (args[0] !== INSECURE) {
    warnings.push(args.join(' '));
  }
};

const client = new QdrantClient({url, apiKey});
const older = new OlderClient({url, apiKey, checkCompatibility: false});
const name = 'e2e-js';
const UUID = '936da01f-9abd-4d9d-80c7-02af85c822a8';

async function fails(status, text, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.status, status, String(error));
    assert.match(error.data.status.error, text);
    return true;
  });
}

const steps = {
  async version() {
    assert.equal((await client.versionInfo()).version, '1.19.0');
  },

  async collections() {
    await client.deleteCollection(name);
    assert.equal((await client.collectionExists(name)).exists, false);
    await fails(404, /Collection `e2e-js` doesn't exist!/, () => client.getCollection(name));
    assert.equal(
      await client.createCollection(name, {
        vectors: {size: 4, distance: 'Cosine'},
        hnsw_config: {m: 24},
        optimizers_config: {default_segment_number: 2},
        on_disk_payload: true,
      }),
      true,
    );
    await fails(409, /already exists/, () => client.createCollection(name, {vectors: {size: 4, distance: 'Dot'}}));
    assert.equal((await client.collectionExists(name)).exists, true);
    assert.ok((await client.getCollections()).collections.some((c) => c.name === name));
    const info = await client.getCollection(name);
    assert.equal(info.config.params.vectors.size, 4);
    assert.equal(info.config.hnsw_config.m, 24);
    assert.equal(info.points_count, 0);
    assert.equal(await client.updateCollection(name, {hnsw_config: {ef_construct: 123}}), true);
    assert.equal((await client.getCollection(name)).config.hnsw_config.ef_construct, 123);
  },

  async upsert() {
    const result = await client.upsert(name, {
      wait: true,
      points: [
        {id: 1, vector: [0.05, 0.61, 0.76, 0.74], payload: {city: 'Berlin', count: 10}},
        {id: 2, vector: [0.19, 0.81, 0.75, 0.11], payload: {city: ['Berlin', 'London'], count: 20}},
        {id: 3, vector: [0.36, 0.55, 0.47, 0.94], payload: {city: 'Moscow', note: null}},
        {id: UUID, vector: [0.18, 0.01, 0.85, 0.8]},
      ],
    });
    assert.equal(result.status, 'completed');
    await client.upsert(name, {
      wait: true,
      ordering: 'strong',
      batch: {ids: [5, 6], vectors: [[0.24, 0.18, 0.22, 0.44], [0.35, 0.08, 0.11, 0.44]], payloads: [{count: 0}, {}]},
    });
    const acknowledged = await client.upsert(name, {wait: false, points: [{id: 7, vector: [1, 0, 0, 0]}]});
    assert.ok(['acknowledged', 'completed'].includes(acknowledged.status));
    await client.delete(name, {wait: true, points: [7]});
    assert.equal((await client.count(name)).count, 6);
    await fails(400, /Vector dimension error: expected dim: 4, got 3/, () =>
      client.upsert(name, {wait: true, points: [{id: 1, vector: [1, 2, 3]}]}),
    );
  },

  async read() {
    const points = await client.retrieve(name, {ids: [UUID, 1, 99], with_vector: true});
    assert.deepEqual(points.map((p) => p.id), [UUID, 1]);
    assert.deepEqual(points[1].payload, {city: 'Berlin', count: 10});
    assert.equal(points[1].vector.length, 4);
    const seen = [];
    let offset;
    do {
      const page = await client.scroll(name, {limit: 4, offset, with_payload: ['count']});
      seen.push(...page.points.map((p) => p.id));
      offset = page.next_page_offset ?? undefined;
    } while (offset !== undefined);
    assert.deepEqual(seen, [1, 2, 3, 5, 6, UUID]);
    const counted = async (filter) => (await client.count(name, {filter, exact: true})).count;
    assert.equal(await counted({must: [{key: 'city', match: {value: 'Berlin'}}]}), 2);
    assert.equal(await counted({must: [{key: 'city', match: {any: ['London', 'Moscow']}}]}), 2);
    assert.equal(await counted({must: [{key: 'city', match: {except: ['Berlin']}}]}), 2);
    assert.equal(await counted({must: [{key: 'count', range: {gte: 10, lt: 20}}]}), 1);
    assert.equal(await counted({must_not: [{has_id: [1, UUID]}]}), 4);
    assert.equal(await counted({must: [{is_empty: {key: 'city'}}]}), 3);
    assert.equal(await counted({must: [{is_null: {key: 'note'}}]}), 1);
    assert.equal(
      await counted({
        min_should: {
          min_count: 2,
          conditions: [{has_id: [1, 2]}, {key: 'count', range: {gt: 15}}, {key: 'city', match: {value: 'London'}}],
        },
      }),
      1,
    );
  },

  async search() {
    const vector = [0.2, 0.1, 0.9, 0.7];
    const best = await client.query(name, {query: vector, limit: 3, with_payload: true});
    assert.deepEqual(best.points.map((p) => p.id), [UUID, 1, 5]);
    assert.ok(best.points[0].score > best.points[1].score);
    const filtered = await client.query(name, {
      query: {nearest: vector},
      filter: {should: [{key: 'city', match: {value: 'London'}}]},
      with_payload: {include: ['city']},
      with_vector: true,
      params: {hnsw_ef: 128, exact: false},
    });
    assert.deepEqual(filtered.points.map((p) => p.id), [2]);
    assert.deepEqual(filtered.points[0].payload, {city: ['Berlin', 'London']});
    const offset = await client.query(name, {query: vector, limit: 2, offset: 1});
    assert.deepEqual(offset.points.map((p) => p.id), [1, 5]);
    const threshold = best.points[1].score - 1e-4;
    assert.equal((await client.query(name, {query: vector, score_threshold: threshold})).points.length, 2);
    const byId = await client.query(name, {query: 1, limit: 10});
    assert.equal(byId.points.length, 5);
    assert.ok(byId.points.every((p) => p.id !== 1));
    const batch = await client.queryBatch(name, {searches: [{query: vector, limit: 1}, {query: UUID, limit: 2}]});
    assert.deepEqual(batch.map((r) => r.points.length), [1, 2]);
    await fails(400, /a fusion needs prefetches/, () => client.query(name, {query: {fusion: 'rrf'}, prefetch: []}));
    await fails(404, /No point with id 99 found/, () => client.query(name, {query: 99}));
    const found = await older.search(name, {vector, limit: 3, with_payload: true});
    assert.deepEqual(found.map((p) => p.id), [UUID, 1, 5]);
    const foundBatch = await older.searchBatch(name, {searches: [{vector, limit: 1}, {vector, limit: 2, offset: 1}]});
    assert.deepEqual(foundBatch.map((r) => r.map((p) => p.id)), [[UUID], [1, 5]]);
  },

  async payload() {
    const payload = async (id) => (await client.retrieve(name, {ids: [id]}))[0].payload;
    await client.setPayload(name, {wait: true, payload: {a: 1, b: {c: 2}}, points: [5]});
    assert.deepEqual(await payload(5), {count: 0, a: 1, b: {c: 2}});
    await client.setPayload(name, {wait: true, payload: {d: 3}, key: 'b', points: [5]});
    assert.deepEqual(await payload(5), {count: 0, a: 1, b: {c: 2, d: 3}});
    await client.deletePayload(name, {wait: true, keys: ['a', 'b'], filter: {must: [{has_id: [5]}]}});
    assert.deepEqual(await payload(5), {count: 0});
    await client.overwritePayload(name, {wait: true, payload: {only: true}, points: [5]});
    assert.deepEqual(await payload(5), {only: true});
    await client.clearPayload(name, {wait: true, points: [5]});
    assert.deepEqual(await payload(5), {});
  },

  async indexes() {
    await client.createPayloadIndex(name, {wait: true, field_name: 'city', field_schema: 'keyword'});
    await client.createPayloadIndex(name, {wait: true, field_name: 'count', field_schema: {type: 'integer', lookup: true, range: true}});
    const schema = (await client.getCollection(name)).payload_schema;
    assert.equal(schema.city.data_type, 'keyword');
    assert.equal(schema.count.data_type, 'integer');
    assert.equal((await client.count(name, {filter: {must: [{key: 'city', match: {value: 'Berlin'}}]}})).count, 2);
    await client.deletePayloadIndex(name, 'city', {wait: true});
    assert.equal((await client.getCollection(name)).payload_schema.city, undefined);
  },

  async named() {
    await client.deleteCollection(`${name}-named`);
    await client.createCollection(`${name}-named`, {
      vectors: {title: {size: 2, distance: 'Dot'}, image: {size: 3, distance: 'Manhattan'}},
    });
    await client.upsert(`${name}-named`, {
      wait: true,
      points: [
        {id: 1, vector: {title: [1, 0], image: [0, 0, 0]}},
        {id: 2, vector: {title: [0, 1], image: [1, 1, 1]}},
      ],
    });
    const found = await client.query(`${name}-named`, {query: [1, 1, 1], using: 'image', with_vector: ['title']});
    assert.deepEqual(found.points.map((p) => [p.id, p.score]), [[2, 0], [1, 3]]);
    assert.deepEqual(found.points[0].vector, {title: [0, 1]});
    await fails(400, /Not existing vector name error: audio/, () =>
      client.query(`${name}-named`, {query: [1], using: 'audio'}),
    );
    assert.equal(await client.deleteCollection(`${name}-named`), true);
  },

  // Dense and sparse vectors of the same points, fused.
  async hybrid() {
    const hybrid = `${name}-hybrid`;
    await client.deleteCollection(hybrid);
    await client.createCollection(hybrid, {
      vectors: {dense: {size: 2, distance: 'Dot'}},
      sparse_vectors: {words: {index: {on_disk: false}}, rare: {modifier: 'idf'}},
    });
    assert.equal((await client.getCollection(hybrid)).config.params.sparse_vectors.rare.modifier, 'idf');
    await client.upsert(hybrid, {
      wait: true,
      points: [
        {id: 1, vector: {dense: [1, 0], words: {indices: [4000000000, 10], values: [2, 1]}}},
        {id: 2, vector: {dense: [0, 1], words: {indices: [10], values: [3]}, rare: {indices: [5], values: [1]}}},
        {id: 3, vector: {dense: [0.5, 0.5], words: {indices: [7], values: [1]}}},
      ],
    });
    const query = {indices: [10], values: [1]};
    const found = await client.query(hybrid, {query, using: 'words', with_vector: ['words']});
    assert.deepEqual(found.points.map((p) => [p.id, p.score]), [[2, 3], [1, 1]]);
    assert.deepEqual(found.points[1].vector, {words: {indices: [10, 4000000000], values: [1, 2]}});
    const fused = await client.query(hybrid, {
      prefetch: [
        {query, using: 'words', limit: 10},
        {query: [1, 0], using: 'dense', limit: 10},
      ],
      query: {fusion: 'rrf'},
    });
    assert.deepEqual(fused.points.map((p) => p.id), [1, 2, 3]);
    await fails(400, /Conversion between sparse and regular vectors failed/, () =>
      client.query(hybrid, {query: [1], using: 'words'}),
    );
    assert.equal(await client.deleteCollection(hybrid), true);
  },

  async remove() {
    await client.delete(name, {wait: true, points: [1, UUID]});
    await client.delete(name, {wait: true, filter: {must: [{key: 'city', match: {value: 'Moscow'}}]}});
    assert.equal((await client.count(name)).count, 3);
    assert.equal(await client.deleteCollection(name), true);
    assert.equal((await client.collectionExists(name)).exists, false);
  },

  async keys() {
    const nobody = new QdrantClient({url, apiKey: 'vhk_live_nobody', checkCompatibility: false});
    await assert.rejects(() => nobody.getCollections(), (error) => error.status === 401);
  },
};

for (const [step, run] of Object.entries(steps)) {
  try {
    await run();
    console.log(`ok ${step}`);
  } catch (error) {
    console.error(`FAILED ${step}`);
    console.error(error, error?.data === undefined ? '' : JSON.stringify(error.data));
    process.exit(1);
  }
}
// The client compares its version with the server's in the background.
await new Promise((resolve) => setImmediate(resolve));
assert.deepEqual(warnings, []);
console.log(`${Object.keys(steps).length} passed, 0 failed`);

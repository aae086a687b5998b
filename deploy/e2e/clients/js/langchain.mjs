// LangChain's store for Qdrant, unmodified: fills, searches with a filter, deletes.
// Environment: VECTORHUB_URL (http://127.0.0.1:6333) and VECTORHUB_API_KEY. Exits 0 if all is right.
import assert from 'node:assert/strict';
import {Embeddings} from '@langchain/core/embeddings';
import {QdrantVectorStore} from '@langchain/qdrant';
import {QdrantClient} from '@qdrant/js-client-rest';

const url = process.env.VECTORHUB_URL;
const apiKey = process.env.VECTORHUB_API_KEY;
const warn = console.warn;
console.warn = (...args) => (String(args[0]).includes('unsecure') ? undefined : warn(...args));

/** Counts letters: alike texts are near. */
class Letters extends Embeddings {
  constructor() {
    super({});
  }
  async embedQuery(text) {
    const counts = new Array(26).fill(0);
    for (const c of text.toLowerCase()) {
      const i = c.charCodeAt(0) - 97;
      if (i >= 0 && i < 26) {
        counts[i]++;
      }
    }
    return counts;
  }
  async embedDocuments(texts) {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}

const client = new QdrantClient({url, apiKey, checkCompatibility: false});
const collectionName = 'e2e-langchain-js';
await client.deleteCollection(collectionName);
const store = await QdrantVectorStore.fromTexts(
  ['the quick brown fox', 'jumps over', 'the lazy dog'],
  [{animal: 'fox'}, {animal: 'none'}, {animal: 'dog'}],
  new Letters(),
  {client, collectionName},
);
const [best] = await store.similaritySearch('quick fox', 1);
assert.equal(best.pageContent, 'the quick brown fox');
const filtered = await store.similaritySearch('quick fox', 3, {
  must: [{key: 'metadata.animal', match: {value: 'dog'}}],
});
assert.deepEqual(filtered.map((document) => document.metadata.animal), ['dog']);
await store.delete({filter: {must: [{key: 'metadata.animal', match: {value: 'fox'}}]}});
assert.equal((await client.count(collectionName)).count, 2);
await client.deleteCollection(collectionName);
console.log('ok langchain');

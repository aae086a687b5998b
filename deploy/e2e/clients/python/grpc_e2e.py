"""The unmodified Python client over gRPC, and LangChain's store over both transports.

Environment: VECTORHUB_URL, VECTORHUB_GRPC (127.0.0.1:6334) and VECTORHUB_API_KEY. Exits 0 if all is right.
"""

import os
import warnings
from urllib.parse import urlparse

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_qdrant import QdrantVectorStore
from qdrant_client import QdrantClient, models

warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")

URL = urlparse(os.environ["VECTORHUB_URL"])
GRPC_PORT = int(os.environ["VECTORHUB_GRPC"].split(":")[1])
KEY = os.environ["VECTORHUB_API_KEY"]
NAME = "e2e-python-grpc"


def connect(prefer_grpc):
    return QdrantClient(
        host=URL.hostname,
        port=URL.port,
        grpc_port=GRPC_PORT,
        prefer_grpc=prefer_grpc,
        https=False,
        api_key=KEY,
        timeout=60,
    )


client = connect(True)


def equal(found, expected):
    assert found == expected, f"{found!r} is not {expected!r}"


def field(key, value):
    return models.Filter(must=[models.FieldCondition(key=key, match=models.MatchValue(value=value))])


def grpc():
    client.delete_collection(NAME)
    client.create_collection(NAME, models.VectorParams(size=4, distance=models.Distance.COSINE))
    client.create_payload_index(NAME, "city", field_schema=models.PayloadSchemaType.KEYWORD)
    client.upsert(
        NAME,
        points=[
            models.PointStruct(id=1, vector=[0.05, 0.61, 0.76, 0.74], payload={"city": "Berlin", "n": 1}),
            models.PointStruct(id=2, vector=[0.19, 0.81, 0.75, 0.11], payload={"city": "London", "n": 2}),
            models.PointStruct(id=3, vector=[0.36, 0.55, 0.47, 0.94], payload={"city": "London", "n": 3}),
        ],
    )
    found = client.query_points(NAME, query=[0.2, 0.1, 0.9, 0.7], query_filter=field("city", "London")).points
    equal([p.id for p in found], [3, 2])
    equal(found[0].payload, {"city": "London", "n": 3})
    fused = client.query_points(
        NAME,
        prefetch=[
            models.Prefetch(query=[0.2, 0.1, 0.9, 0.7], limit=3),
            models.Prefetch(query=models.RecommendQuery(recommend=models.RecommendInput(positive=[2])), limit=3),
        ],
        query=models.FusionQuery(fusion=models.Fusion.RRF),
    ).points
    equal(len(fused), 3)
    client.set_payload(NAME, payload={"seen": True}, points=[1])
    client.batch_update_points(
        NAME,
        update_operations=[
            models.SetPayloadOperation(set_payload=models.SetPayload(payload={"x": 1}, points=[1])),
            models.UpdateVectorsOperation(
                update_vectors=models.UpdateVectors(points=[models.PointVectors(id=1, vector=[0, 0, 0, 1])])
            ),
        ],
    )
    point = client.retrieve(NAME, ids=[1], with_vectors=True)[0]
    equal(point.payload, {"city": "Berlin", "n": 1, "seen": True, "x": 1})
    equal(point.vector, [0, 0, 0, 1])
    groups = client.query_points_groups(NAME, group_by="city", query=[0.2, 0.1, 0.9, 0.7], group_size=1).groups
    equal(sorted(g.id for g in groups), ["Berlin", "London"])
    client.update_collection_aliases(
        [models.CreateAliasOperation(create_alias=models.CreateAlias(collection_name=NAME, alias_name="cities"))]
    )
    equal(client.count("cities").count, 3)
    client.delete(NAME, points_selector=field("city", "London"))
    equal(client.count(NAME).count, 1)
    client.delete_collection(NAME)


def hybrid():
    name = f"{NAME}-hybrid"
    client.delete_collection(name)
    client.create_collection(
        name,
        vectors_config={
            "dense": models.VectorParams(size=2, distance=models.Distance.DOT),
            "rows": models.VectorParams(
                size=2,
                distance=models.Distance.DOT,
                multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
            ),
        },
        sparse_vectors_config={"words": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    params = client.get_collection(name).config.params
    equal(params.sparse_vectors["words"].modifier, models.Modifier.IDF)
    equal(params.vectors["rows"].multivector_config.comparator, models.MultiVectorComparator.MAX_SIM)
    words = [models.SparseVector(indices=[4000000000, 10], values=[2.0, 1.0])]
    words += [models.SparseVector(indices=[10], values=[3.0]), models.SparseVector(indices=[7], values=[1.0])]
    rows = [[[1.0, 0.0], [0.0, 2.0]], [[1.0, 1.0]], [[0.0, 0.5]]]
    client.upsert(
        name,
        points=[
            models.PointStruct(id=i + 1, vector={"dense": dense, "words": words[i], "rows": rows[i]})
            for i, dense in enumerate([[1, 0], [0, 1], [0.5, 0.5]])
        ],
    )
    query = models.SparseVector(indices=[10], values=[1.0])
    found = client.query_points(name, query=query, using="words", with_vectors=True).points
    equal([p.id for p in found], [2, 1])
    equal(found[1].vector["words"], models.SparseVector(indices=[10, 4000000000], values=[1.0, 2.0]))
    equal(found[1].vector["rows"], rows[0])
    late = client.query_points(name, query=[[1.0, 0.0], [0.0, 1.0]], using="rows").points
    equal([(p.id, p.score) for p in late], [(1, 3.0), (2, 2.0), (3, 0.5)])
    fused = client.query_points(
        name,
        prefetch=[
            models.Prefetch(query=query, using="words", limit=10),
            models.Prefetch(query=[1.0, 0.0], using="dense", limit=10),
        ],
        query=models.FusionQuery(fusion=models.Fusion.RRF),
    ).points
    equal([p.id for p in fused], [1, 2, 3])
    client.delete_collection(name)


class Letters(Embeddings):
    """Counts letters: alike texts are near."""

    def embed_query(self, text):
        return [float(text.lower().count(chr(97 + i))) for i in range(26)]

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


def langchain(prefer_grpc):
    name = "e2e-langchain"
    other = connect(prefer_grpc)
    other.delete_collection(name)
    other.create_collection(name, models.VectorParams(size=26, distance=models.Distance.COSINE))
    store = QdrantVectorStore(client=other, collection_name=name, embedding=Letters())
    ids = store.add_documents(
        [
            Document("the quick brown fox", metadata={"animal": "fox"}),
            Document("jumps over", metadata={"animal": "none"}),
            Document("the lazy dog", metadata={"animal": "dog"}),
        ]
    )
    equal(store.similarity_search("quick fox", k=1)[0].page_content, "the quick brown fox")
    filtered = store.similarity_search("quick fox", k=3, filter=field("metadata.animal", "dog"))
    equal([d.metadata["animal"] for d in filtered], ["dog"])
    equal(len(store.max_marginal_relevance_search("the dog", k=2, fetch_k=3)), 2)
    store.delete(ids[:1])
    equal(other.count(name).count, 2)
    other.delete_collection(name)


grpc()
print("ok grpc")
hybrid()
print("ok hybrid")
langchain(False)
print("ok langchain over REST")
langchain(True)
print("ok langchain over gRPC")

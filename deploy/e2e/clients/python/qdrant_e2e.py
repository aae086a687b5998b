"""Does every operation of the tenant API with the unmodified Python client and checks the answers.

Environment: VECTORHUB_URL (http://127.0.0.1:6333) and VECTORHUB_API_KEY. Exits 0 if all is right.
"""

import os
import sys
import traceback
import warnings

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

URL = os.environ.get("VECTORHUB_URL")
KEY = os.environ.get("VECTORHUB_API_KEY")
if not URL or not KEY:
    sys.exit("set VECTORHUB_URL and VECTORHUB_API_KEY")

# A key over plain HTTP is what a test on loopback does; any other warning is a failure.
warnings.simplefilter("error")
warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")

NAME = "e2e-python"
UUID = "936da01f-9abd-4d9d-80c7-02af85c822a8"
client = QdrantClient(url=URL, api_key=KEY, timeout=60)


def equal(found, expected):
    assert found == expected, f"{found!r} is not {expected!r}"


def fails(status, text, call):
    try:
        call()
    except UnexpectedResponse as e:
        equal(e.status_code, status)
        assert text in e.content.decode(), e.content
        return
    raise AssertionError(f"expected {status}")


def version():
    equal(client.info().version, "1.19.0")


def collections():
    client.delete_collection(NAME)
    equal(client.collection_exists(NAME), False)
    fails(404, f"Collection `{NAME}` doesn't exist!", lambda: client.get_collection(NAME))
    equal(
        client.create_collection(
            NAME,
            vectors_config=models.VectorParams(size=4, distance=models.Distance.COSINE, on_disk=True),
            hnsw_config=models.HnswConfigDiff(m=24),
            quantization_config=models.ScalarQuantization(
                scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
            ),
            optimizers_config=models.OptimizersConfigDiff(indexing_threshold=10_000),
            metadata={"made_by": "e2e"},
        ),
        True,
    )
    fails(
        409,
        "already exists",
        lambda: client.create_collection(NAME, models.VectorParams(size=4, distance=models.Distance.DOT)),
    )
    equal(client.collection_exists(NAME), True)
    assert NAME in [c.name for c in client.get_collections().collections]
    info = client.get_collection(NAME)
    equal(info.config.params.vectors.size, 4)
    equal(info.config.params.vectors.distance, models.Distance.COSINE)
    equal(info.config.hnsw_config.m, 24)
    equal(info.config.quantization_config.scalar.type, models.ScalarType.INT8)
    equal(info.config.metadata, {"made_by": "e2e"})
    equal(info.status, models.CollectionStatus.GREEN)
    equal(info.points_count, 0)
    equal(client.update_collection(NAME, hnsw_config=models.HnswConfigDiff(ef_construct=123)), True)
    equal(client.get_collection(NAME).config.hnsw_config.ef_construct, 123)


def upsert():
    result = client.upsert(
        NAME,
        points=[
            models.PointStruct(id=1, vector=[0.05, 0.61, 0.76, 0.74], payload={"city": "Berlin", "count": 10}),
            models.PointStruct(id=2, vector=[0.19, 0.81, 0.75, 0.11], payload={"city": ["Berlin", "London"], "count": 20}),
            models.PointStruct(id=3, vector=[0.36, 0.55, 0.47, 0.94], payload={"city": "Moscow", "note": None}),
            models.PointStruct(id=UUID, vector=[0.18, 0.01, 0.85, 0.80]),
        ],
    )
    equal(result.status, models.UpdateStatus.COMPLETED)
    client.upsert(
        NAME,
        points=models.Batch(
            ids=[5, 6], vectors=[[0.24, 0.18, 0.22, 0.44], [0.35, 0.08, 0.11, 0.44]], payloads=[{"count": 0}, {}]
        ),
        ordering=models.WriteOrdering.STRONG,
    )
    acknowledged = client.upsert(NAME, points=[models.PointStruct(id=7, vector=[1, 0, 0, 0])], wait=False)
    assert acknowledged.status in (models.UpdateStatus.ACKNOWLEDGED, models.UpdateStatus.COMPLETED)
    client.delete(NAME, points_selector=[7])
    client.upload_points(
        NAME,
        (models.PointStruct(id=100 + i, vector=[i, 1, 2, 3], payload={"bulk": True}) for i in range(250)),
        batch_size=100,
        wait=True,
    )
    equal(client.count(NAME).count, 256)
    client.delete(
        NAME,
        points_selector=models.Filter(
            must=[models.FieldCondition(key="bulk", match=models.MatchValue(value=True))]
        ),
    )
    equal(client.count(NAME).count, 6)
    fails(
        400,
        "Vector dimension error: expected dim: 4, got 3",
        lambda: client.upsert(NAME, points=[models.PointStruct(id=1, vector=[1, 2, 3])]),
    )


def read():
    points = client.retrieve(NAME, ids=[UUID, 1, 99], with_vectors=True)
    equal([p.id for p in points], [UUID, 1])
    equal(points[1].payload, {"city": "Berlin", "count": 10})
    equal(len(points[1].vector), 4)
    seen, offset = [], None
    while True:
        page, offset = client.scroll(NAME, limit=4, offset=offset, with_payload=["count"])
        seen += [p.id for p in page]
        if offset is None:
            break
    equal(seen, [1, 2, 3, 5, 6, UUID])

    def counted(**clauses):
        return client.count(NAME, count_filter=models.Filter(**clauses), exact=True).count

    def field(key, **checks):
        return models.FieldCondition(key=key, **checks)

    equal(counted(must=[field("city", match=models.MatchValue(value="Berlin"))]), 2)
    equal(counted(must=[field("city", match=models.MatchAny(any=["London", "Moscow"]))]), 2)
    equal(counted(must=[field("city", match=models.MatchExcept(**{"except": ["Berlin"]}))]), 2)
    equal(counted(must=[field("count", range=models.Range(gte=10, lt=20))]), 1)
    equal(counted(must_not=[models.HasIdCondition(has_id=[1, UUID])]), 4)
    equal(counted(must=[models.IsEmptyCondition(is_empty=models.PayloadField(key="city"))]), 3)
    equal(counted(must=[models.IsNullCondition(is_null=models.PayloadField(key="note"))]), 1)
    equal(
        counted(
            min_should=models.MinShould(
                min_count=2,
                conditions=[
                    models.HasIdCondition(has_id=[1, 2]),
                    field("count", range=models.Range(gt=15)),
                    field("city", match=models.MatchValue(value="London")),
                ],
            )
        ),
        1,
    )
    equal(
        counted(
            must=models.Filter(
                should=[
                    field("city", match=models.MatchValue(value="Moscow")),
                    models.Filter(must=[models.HasIdCondition(has_id=[6])]),
                ]
            )
        ),
        2,
    )


def search():
    vector = [0.2, 0.1, 0.9, 0.7]
    best = client.query_points(NAME, query=vector, limit=3).points
    equal([p.id for p in best], [UUID, 1, 5])
    assert best[0].score > best[1].score
    filtered = client.query_points(
        NAME,
        query=vector,
        query_filter=models.Filter(
            should=[models.FieldCondition(key="city", match=models.MatchValue(value="London"))]
        ),
        search_params=models.SearchParams(
            hnsw_ef=128, exact=False, quantization=models.QuantizationSearchParams(rescore=True)
        ),
        with_payload=models.PayloadSelectorInclude(include=["city"]),
        with_vectors=True,
    ).points
    equal([p.id for p in filtered], [2])
    equal(filtered[0].payload, {"city": ["Berlin", "London"]})
    equal([p.id for p in client.query_points(NAME, query=vector, limit=2, offset=1).points], [1, 5])
    near = client.query_points(NAME, query=vector, score_threshold=best[1].score - 1e-4).points
    equal(len(near), 2)
    by_id = client.query_points(NAME, query=1).points
    equal(len(by_id), 5)
    assert 1 not in [p.id for p in by_id]
    batch = client.query_batch_points(
        NAME,
        requests=[
            models.QueryRequest(query=vector, limit=1),
            models.QueryRequest(query=models.NearestQuery(nearest=UUID), limit=2),
        ],
    )
    equal([len(r.points) for r in batch], [1, 2])
    equal(len(client.query_points(NAME, query=models.SampleQuery(sample="random"), limit=3).points), 3)
    equal(len(client.query_points(NAME, limit=2).points), 2)
    fails(404, "No point with id 99 found", lambda: client.query_points(NAME, query=99))


def payload():
    def of(point):
        return client.retrieve(NAME, ids=[point])[0].payload

    client.set_payload(NAME, payload={"a": 1, "b": {"c": 2}}, points=[5])
    equal(of(5), {"count": 0, "a": 1, "b": {"c": 2}})
    client.set_payload(NAME, payload={"d": 3}, key="b", points=[5])
    equal(of(5), {"count": 0, "a": 1, "b": {"c": 2, "d": 3}})
    client.delete_payload(
        NAME, keys=["a", "b"], points=models.Filter(must=[models.HasIdCondition(has_id=[5])])
    )
    equal(of(5), {"count": 0})
    client.overwrite_payload(NAME, payload={"only": True}, points=[5])
    equal(of(5), {"only": True})
    client.clear_payload(NAME, points_selector=[5])
    equal(of(5), {})


def indexes():
    client.create_payload_index(NAME, "city", field_schema=models.PayloadSchemaType.KEYWORD)
    client.create_payload_index(
        NAME, "count", field_schema=models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, range=True)
    )
    schema = client.get_collection(NAME).payload_schema
    equal(schema["city"].data_type, models.PayloadSchemaType.KEYWORD)
    equal(schema["count"].data_type, models.PayloadSchemaType.INTEGER)
    client.delete_payload_index(NAME, "city")
    assert "city" not in client.get_collection(NAME).payload_schema


def named():
    name = NAME + "-named"
    client.delete_collection(name)
    client.create_collection(
        name,
        vectors_config={
            "title": models.VectorParams(size=2, distance=models.Distance.DOT),
            "image": models.VectorParams(size=3, distance=models.Distance.MANHATTAN),
        },
    )
    client.upsert(
        name,
        points=[
            models.PointStruct(id=1, vector={"title": [1, 0], "image": [0, 0, 0]}),
            models.PointStruct(id=2, vector={"title": [0, 1], "image": [1, 1, 1]}),
        ],
    )
    found = client.query_points(name, query=[1.0, 1.0, 1.0], using="image", with_vectors=["title"]).points
    equal([(p.id, p.score) for p in found], [(2, 0.0), (1, 3.0)])
    equal(found[0].vector, {"title": [0.0, 1.0]})
    fails(
        400,
        "Not existing vector name error: audio",
        lambda: client.query_points(name, query=[1.0], using="audio"),
    )
    equal(client.delete_collection(name), True)


def hybrid():
    """Dense and sparse vectors of the same points, fused."""
    name = f"{NAME}-hybrid"
    client.delete_collection(name)
    client.create_collection(
        name,
        vectors_config={"dense": models.VectorParams(size=2, distance=models.Distance.DOT)},
        sparse_vectors_config={
            "words": models.SparseVectorParams(index=models.SparseIndexParams(on_disk=False)),
            "rare": models.SparseVectorParams(modifier=models.Modifier.IDF),
        },
    )
    shown = client.get_collection(name).config.params.sparse_vectors
    equal(shown["rare"].modifier, models.Modifier.IDF)
    equal(shown["words"].index.on_disk, False)

    def sparse(**words):
        return models.SparseVector(indices=[int(i[1:]) for i in words], values=list(words.values()))

    client.upsert(
        name,
        points=[
            models.PointStruct(
                id=1,
                vector={"dense": [1, 0], "words": sparse(i4000000000=2.0, i10=1.0), "rare": sparse(i1=1.0)},
                payload={"even": False},
            ),
            models.PointStruct(
                id=2,
                vector={"dense": [0, 1], "words": sparse(i10=3.0), "rare": sparse(i1=1.0, i2=1.0)},
                payload={"even": True},
            ),
            models.PointStruct(id=3, vector={"dense": [0.5, 0.5], "words": sparse(i7=1.0)}, payload={"even": False}),
        ],
    )
    found = client.query_points(name, query=sparse(i10=1.0), using="words", with_vectors=["words"]).points
    equal([(p.id, p.score) for p in found], [(2, 3.0), (1, 1.0)])
    equal(found[1].vector["words"], sparse(i10=1.0, i4000000000=2.0))
    weighed = client.query_points(name, query=sparse(i1=1.0, i2=1.0), using="rare").points
    equal([p.id for p in weighed], [2, 1])
    near = client.query_points(name, query=1, using="words").points
    equal([(p.id, p.score) for p in near], [(2, 3.0)])
    filtered = client.query_points(
        name,
        query=sparse(i10=1.0),
        using="words",
        query_filter=models.Filter(must=[models.FieldCondition(key="even", match=models.MatchValue(value=False))]),
    ).points
    equal([p.id for p in filtered], [1])
    fused = client.query_points(
        name,
        prefetch=[
            models.Prefetch(query=sparse(i10=1.0), using="words", limit=10),
            models.Prefetch(query=[1.0, 0.0], using="dense", limit=10),
        ],
        query=models.FusionQuery(fusion=models.Fusion.RRF),
    ).points
    equal([p.id for p in fused], [1, 2, 3])
    fails(
        400,
        "Conversion between sparse and regular vectors failed",
        lambda: client.query_points(name, query=[1.0], using="words"),
    )
    client.delete_vectors(name, vectors=["words"], points=[2])
    equal([p.id for p in client.query_points(name, query=sparse(i10=1.0), using="words").points], [1])
    equal(client.delete_collection(name), True)


def rerank():
    """Candidates by a dense vector of bytes, put in order by late interaction."""
    name = NAME + "-rerank"
    client.delete_collection(name)
    client.create_collection(
        name,
        vectors_config={
            "dense": models.VectorParams(
                size=2, distance=models.Distance.EUCLID, datatype=models.Datatype.UINT8
            ),
            "tokens": models.VectorParams(
                size=2,
                distance=models.Distance.DOT,
                datatype=models.Datatype.FLOAT16,
                multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
            ),
        },
    )
    params = client.get_collection(name).config.params.vectors
    equal(params["dense"].datatype, models.Datatype.UINT8)
    equal(params["tokens"].multivector_config.comparator, models.MultiVectorComparator.MAX_SIM)
    client.upsert(
        name,
        points=[
            models.PointStruct(id=1, vector={"dense": [10.9, 0], "tokens": [[1, 0], [0, 1]]}),
            models.PointStruct(id=2, vector={"dense": [11, 1], "tokens": [[2, 0]]}),
            models.PointStruct(id=3, vector={"dense": [12, 300], "tokens": [[9, 9]]}),
            models.PointStruct(id=4, vector={"dense": [13, -5]}),
        ],
    )
    stored = client.retrieve(name, ids=[1, 3], with_vectors=True)
    equal(stored[0].vector, {"dense": [10.0, 0.0], "tokens": [[1.0, 0.0], [0.0, 1.0]]})
    equal(stored[1].vector["dense"], [12.0, 255.0])
    query = [[1.0, 0.0], [0.0, 3.0]]
    alone = client.query_points(name, query=query, using="tokens").points
    equal([(p.id, p.score) for p in alone], [(3, 36.0), (1, 4.0), (2, 2.0)])
    reranked = client.query_points(
        name,
        prefetch=models.Prefetch(query=[10, 0], using="dense", limit=2),
        query=query,
        using="tokens",
    ).points
    equal([(p.id, p.score) for p in reranked], [(1, 4.0), (2, 2.0)])
    by_id = client.query_points(name, query=1, using="tokens").points
    equal([(p.id, p.score) for p in by_id], [(3, 18.0), (2, 2.0)])
    client.delete_vectors(name, vectors=["tokens"], points=[3])
    equal([p.id for p in client.query_points(name, query=query, using="tokens").points], [1, 2])
    equal(client.delete_collection(name), True)


def texts(client):
    """Texts in the places of vectors, by meaning, by words, and both."""
    name = f"{NAME}-texts"
    client.delete_collection(name)
    client.create_collection(
        name,
        vectors_config={"dense": models.VectorParams(size=384, distance=models.Distance.COSINE)},
        sparse_vectors_config={"words": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )

    def meaning(text):
        return models.Document(text=text, model="sentence-transformers/all-MiniLM-L6-v2")

    def words(text):
        return models.Document(text=text, model="Qdrant/bm25", options={"avg_len": 8.0, "language": "english"})

    lines = ["The cat sleeps by the window.", "Banks raised interest rates.", "Model XR-900 needs a new filter."]
    client.upsert(
        name,
        points=[
            models.PointStruct(id=i, vector={"dense": meaning(line), "words": words(line)})
            for i, line in enumerate(lines)
        ],
    )

    def best(query, using):
        return client.query_points(name, query=query, using=using, limit=1).points[0].id

    equal(best(meaning("a tired kitten"), "dense"), 0)
    equal(best(meaning("monetary policy"), "dense"), 1)
    equal(best(words("filters for the XR-900"), "words"), 2)
    fused = client.query_points(
        name,
        prefetch=[
            models.Prefetch(query=words("XR-900 maintenance"), using="words"),
            models.Prefetch(query=meaning("XR-900 maintenance"), using="dense"),
        ],
        query=models.FusionQuery(fusion=models.Fusion.RRF),
    ).points
    equal(fused[0].id, 2)
    client.update_vectors(name, points=[models.PointVectors(id=1, vector={"dense": meaning("Fresh bread every day.")})])
    equal(best(meaning("bakery"), "dense"), 1)
    client.delete_collection(name)


def texts_over_both():
    texts(QdrantClient(url=URL, api_key=KEY, timeout=60, cloud_inference=True))
    port = os.environ.get("VECTORHUB_GRPC", "127.0.0.1:6334").split(":")[1]
    texts(
        QdrantClient(
            url=URL, api_key=KEY, timeout=60, cloud_inference=True, prefer_grpc=True, grpc_port=int(port)
        )
    )


def remove():
    client.delete(NAME, points_selector=[1, UUID])
    client.delete(
        NAME,
        points_selector=models.Filter(
            must=[models.FieldCondition(key="city", match=models.MatchValue(value="Moscow"))]
        ),
    )
    equal(client.count(NAME).count, 3)
    equal(client.delete_collection(NAME), True)
    equal(client.collection_exists(NAME), False)


def keys():
    nobody = QdrantClient(url=URL, api_key="vhk_live_nobody", check_compatibility=False)
    fails(401, "Invalid API key", nobody.get_collections)


STEPS = [
    version,
    collections,
    upsert,
    read,
    search,
    payload,
    indexes,
    named,
    hybrid,
    rerank,
    texts_over_both,
    remove,
    keys,
]
for step in STEPS:
    try:
        step()
    except Exception:
        print(f"FAILED {step.__name__}", file=sys.stderr)
        traceback.print_exc()
        sys.exit(1)
    print(f"ok {step.__name__}")
print(f"{len(STEPS)} passed, 0 failed")

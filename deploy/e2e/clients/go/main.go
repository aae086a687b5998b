// The unmodified Go client, against a running hub.
//
// Environment: VECTORHUB_GRPC (127.0.0.1:6334) and VECTORHUB_API_KEY. Exits 0 if all is right.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"reflect"
	"strconv"
	"time"

	"github.com/qdrant/go-client/qdrant"
)

const name = "e2e-go"

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func equal(found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		check(fmt.Errorf("%v is not %v", found, expected))
	}
}

func ids(points []*qdrant.ScoredPoint) []uint64 {
	var found []uint64
	for _, point := range points {
		found = append(found, point.GetId().GetNum())
	}
	return found
}

func main() {
	host, port, err := net.SplitHostPort(os.Getenv("VECTORHUB_GRPC"))
	check(err)
	number, err := strconv.Atoi(port)
	check(err)
	client, err := qdrant.NewClient(&qdrant.Config{Host: host, Port: number, APIKey: os.Getenv("VECTORHUB_API_KEY")})
	check(err)
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	exists, err := client.CollectionExists(ctx, name)
	check(err)
	if exists {
		check(client.DeleteCollection(ctx, name))
	}
	check(client.CreateCollection(ctx, &qdrant.CreateCollection{
		CollectionName: name,
		VectorsConfig: qdrant.NewVectorsConfigMap(map[string]*qdrant.VectorParams{
			"dense": {Size: 4, Distance: qdrant.Distance_Cosine},
			"rows": {Size: 2, Distance: qdrant.Distance_Dot,
				MultivectorConfig: &qdrant.MultiVectorConfig{Comparator: qdrant.MultiVectorComparator_MaxSim}},
		}),
		SparseVectorsConfig: qdrant.NewSparseVectorsConfig(map[string]*qdrant.SparseVectorParams{
			"words": {Modifier: qdrant.Modifier_Idf.Enum()},
		}),
	}))
	_, err = client.CreateFieldIndex(ctx, &qdrant.CreateFieldIndexCollection{
		CollectionName: name, Wait: qdrant.PtrOf(true), FieldName: "city", FieldType: qdrant.FieldType_FieldTypeKeyword.Enum(),
	})
	check(err)
	var points []*qdrant.PointStruct
	for i, city := range []string{"Berlin", "London", "London"} {
		n := float32(i + 1)
		points = append(points, &qdrant.PointStruct{
			Id: qdrant.NewIDNum(uint64(i + 1)),
			Vectors: qdrant.NewVectorsMap(map[string]*qdrant.Vector{
				"dense": qdrant.NewVector(n, 1, 1, 1),
				"rows":  qdrant.NewVectorMulti([][]float32{{n, 0}, {0, n}}),
				"words": qdrant.NewVectorSparse([]uint32{1, uint32(i + 2)}, []float32{1, n}),
			}),
			Payload: qdrant.NewValueMap(map[string]any{"city": city, "n": i}),
		})
	}
	written, err := client.Upsert(ctx, &qdrant.UpsertPoints{CollectionName: name, Wait: qdrant.PtrOf(true), Points: points})
	check(err)
	equal(written.GetStatus(), qdrant.UpdateStatus_Completed)

	found, err := client.Query(ctx, &qdrant.QueryPoints{
		CollectionName: name, Using: qdrant.PtrOf("dense"), Query: qdrant.NewQuery(3, 1, 1, 1),
		Filter:      &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatch("city", "London")}},
		WithPayload: qdrant.NewWithPayload(true),
	})
	check(err)
	equal(ids(found), []uint64{3, 2})
	equal(found[0].GetPayload()["n"].GetIntegerValue(), int64(2))
	found, err = client.Query(ctx, &qdrant.QueryPoints{
		CollectionName: name, Using: qdrant.PtrOf("rows"), Query: qdrant.NewQueryMulti([][]float32{{1, 1}}),
	})
	check(err)
	equal(ids(found), []uint64{3, 2, 1})
	found, err = client.Query(ctx, &qdrant.QueryPoints{
		CollectionName: name,
		Prefetch: []*qdrant.PrefetchQuery{
			{Using: qdrant.PtrOf("words"), Query: qdrant.NewQuerySparse([]uint32{1, 3}, []float32{1, 1})},
			{Using: qdrant.PtrOf("dense"), Query: qdrant.NewQueryID(qdrant.NewIDNum(2))},
		},
		Query: qdrant.NewQueryFusion(qdrant.Fusion_RRF),
	})
	check(err)
	equal(len(found), 3)
	groups, err := client.QueryGroups(ctx, &qdrant.QueryPointGroups{
		CollectionName: name, Using: qdrant.PtrOf("dense"), Query: qdrant.NewQuery(3, 1, 1, 1), GroupBy: "city",
		GroupSize: qdrant.PtrOf(uint64(1)),
	})
	check(err)
	equal(len(groups), 2)

	_, err = client.SetPayload(ctx, &qdrant.SetPayloadPoints{
		CollectionName: name, Wait: qdrant.PtrOf(true), Payload: qdrant.NewValueMap(map[string]any{"seen": true}),
		PointsSelector: qdrant.NewPointsSelector(qdrant.NewIDNum(1)),
	})
	check(err)
	retrieved, err := client.Get(ctx, &qdrant.GetPoints{
		CollectionName: name, Ids: []*qdrant.PointId{qdrant.NewIDNum(1)}, WithPayload: qdrant.NewWithPayload(true),
	})
	check(err)
	equal(retrieved[0].GetPayload()["seen"].GetBoolValue(), true)
	page, err := client.Scroll(ctx, &qdrant.ScrollPoints{CollectionName: name, Limit: qdrant.PtrOf(uint32(2))})
	check(err)
	equal(len(page), 2)
	_, err = client.Delete(ctx, &qdrant.DeletePoints{
		CollectionName: name, Wait: qdrant.PtrOf(true),
		Points: qdrant.NewPointsSelectorFilter(&qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatch("city", "London")}}),
	})
	check(err)
	count, err := client.Count(ctx, &qdrant.CountPoints{CollectionName: name})
	check(err)
	equal(count, uint64(1))
	if _, err = client.GetCollectionInfo(ctx, "no-such"); err == nil {
		check(fmt.Errorf("a collection that is not there has been found"))
	}
	check(client.DeleteCollection(ctx, name))
	fmt.Println("ok")
}

package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.filter.GeoArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.BytesRef;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** Documents of a one-segment index as bitmaps. */
final class LuceneSets {
    private final LeafReader reader;
    private final IndexSearcher searcher;

    LuceneSets(LeafReader reader) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
    }

    RoaringBitmap without(RoaringBitmap documents) {
        return RoaringBitmap.andNot(RoaringBitmap.bitmapOfRange(0, reader.maxDoc()), documents);
    }

    RoaringBitmap term(String field, BytesRef term) throws IOException {
        Terms terms = reader.terms(field);
        if (terms == null) {
            return new RoaringBitmap();
        }
        TermsEnum found = terms.iterator();
        return found.seekExact(term) ? set(found.postings(null, PostingsEnum.NONE)) : new RoaringBitmap();
    }

    RoaringBitmap prefix(String field, BytesRef prefix) throws IOException {
        RoaringBitmap union = new RoaringBitmap();
        Terms terms = reader.terms(field);
        if (terms != null) {
            TermsEnum all = terms.iterator();
            PostingsEnum postings = null;
            TermsEnum.SeekStatus status = all.seekCeil(prefix);
            for (BytesRef term = status == TermsEnum.SeekStatus.END ? null : all.term();
                    term != null && org.apache.lucene.util.StringHelper.startsWith(term, prefix);
                    term = all.next()) {
                postings = all.postings(postings, PostingsEnum.NONE);
                union.or(set(postings));
            }
        }
        return union;
    }

    RoaringBitmap phrase(String field, List<String> tokens) throws IOException {
        return points(new PhraseQuery(field, tokens.toArray(String[]::new)));
    }

    /** What a query finds. */
    RoaringBitmap points(Query query) throws IOException {
        LeafReaderContext leaf = searcher.getIndexReader().leaves().getFirst();
        Scorer scorer = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                .scorer(leaf);
        return scorer == null ? new RoaringBitmap() : set(scorer.iterator());
    }

    private static RoaringBitmap set(DocIdSetIterator documents) throws IOException {
        RoaringBitmapWriter<RoaringBitmap> set = RoaringBitmapWriter.writer().get();
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            set.add(document);
        }
        return set.get();
    }

    /** Those of the documents that have a place within the area. */
    RoaringBitmap places(String field, RoaringBitmap near, GeoArea area) throws IOException {
        BinaryDocValues values = reader.getBinaryDocValues(field);
        RoaringBitmapWriter<RoaringBitmap> within = RoaringBitmapWriter.writer().get();
        if (values != null) {
            var documents = near.getIntIterator();
            while (documents.hasNext()) {
                int document = documents.next();
                if (values.advanceExact(document) && anyWithin(values.binaryValue(), area)) {
                    within.add(document);
                }
            }
        }
        return within.get();
    }

    private static boolean anyWithin(BytesRef places, GeoArea area) {
        ByteBuffer bytes = ByteBuffer.wrap(places.bytes, places.offset, places.length);
        while (bytes.hasRemaining()) {
            double lat = bytes.getDouble();
            if (area.contains(lat, bytes.getDouble())) {
                return true;
            }
        }
        return false;
    }
}

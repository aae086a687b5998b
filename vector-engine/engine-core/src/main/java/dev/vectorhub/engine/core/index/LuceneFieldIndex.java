package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.filter.FieldIndex;
import dev.vectorhub.engine.core.filter.GeoArea;
import dev.vectorhub.engine.core.filter.Uuids;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.storage.Damage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the Lucene index of a part says of conditions. It agrees with the matcher, or leaves open what it cannot tell: texts too
 * long for a term, elements of several values under {@code except}, phrases without positions.
 *
 * <p>Any number of threads may ask while they hold the part's memory.
 */
public final class LuceneFieldIndex implements FieldIndex {
    private record Entry(int field, FieldSpec spec) {}

    private final LeafReader reader;
    private final LuceneSets sets;
    private final BoundsCache cache;
    private final Map<FieldPath, Entry> entries = new HashMap<>();

    private final Path file;

    private LuceneFieldIndex(Path file, LeafReader reader, List<String> keys, Map<String, FieldSpec> specs) {
        this.file = file;
        this.reader = reader;
        this.sets = new LuceneSets(reader);
        this.cache = new BoundsCache(reader.maxDoc());
        specs.forEach((key, spec) -> entries.put(FieldPath.parse(key), new Entry(keys.indexOf(key), spec)));
    }

    /**
     * Opens an index in memory.
     *
     * @param file that the memory is mapped from, for messages
     * @param files by name, in memory that stays while the index is asked
     * @param points of the part
     * @param keys of fields in the order in which they were indexed
     * @param specs of those of the fields that are to be asked
     * @throws IOException if the files are no index of so many points
     */
    public static LuceneFieldIndex open(
            Path file, Map<String, MemorySegment> files, int points, List<String> keys, Map<String, FieldSpec> specs)
            throws IOException {
        DirectoryReader directory = DirectoryReader.open(new BlobDirectory(files));
        if (directory.leaves().size() != 1 || directory.maxDoc() != points) {
            throw new IOException("an index of " + directory.maxDoc() + " documents in "
                    + directory.leaves().size() + " segments, of " + points + " points in one wanted");
        }
        return new LuceneFieldIndex(file, directory.leaves().getFirst().reader(), keys, specs);
    }

    /** The same index, of other fields. */
    public LuceneFieldIndex of(List<String> keys, Map<String, FieldSpec> specs) {
        return new LuceneFieldIndex(file, reader, keys, specs);
    }

    @Override
    public @Nullable Bounds bounds(FieldPath path, Condition condition) {
        Entry entry = entries.get(path);
        if (entry == null) {
            return null;
        }
        Bounds known = cache.get(path, condition);
        if (known != null) {
            return known;
        }
        try {
            Bounds asked = bounds(entry, condition);
            if (asked != null) {
                cache.put(path, condition, asked);
            }
            return asked;
        } catch (IOException | RuntimeException e) {
            // its checksum holds, but not what it says
            throw Damage.in(file, "has an index of payload fields that cannot be read", e);
        }
    }

    /** Values of a field by point, for orders and facets; null if the field is not indexed as such a spec. */
    public @Nullable FieldColumn column(FieldPath path, FieldSpec spec) {
        Entry entry = entries.get(path);
        return entry == null || entry.spec().type() != spec.type()
                ? null
                : new FieldColumn(reader, entry.field(), spec.type());
    }

    private @Nullable Bounds bounds(Entry entry, Condition condition) throws IOException {
        int field = entry.field();
        FieldType type = entry.spec().type();
        return switch (condition) {
            case Condition.IsEmpty _ -> Bounds.exactly(sets.without(flagged(field, LuceneFields.FILLED)));
            case Condition.IsNull _ -> Bounds.exactly(flagged(field, LuceneFields.NULL));
            case Condition.ValuesCount count -> Bounds.exactly(counted(field, count));
            case Condition.Match(String _, MatchValue value) -> match(entry, value);
            case Condition.Range range -> range(field, type, range);
            case Condition.DatetimeRange range ->
                type == FieldType.DATETIME ? Bounds.exactly(datetimes(field, range)) : null;
            case Condition.GeoBox box -> geo(field, type, GeoArea.of(box));
            case Condition.GeoRadius circle -> geo(field, type, GeoArea.of(circle));
            case Condition.GeoPolygon polygon -> geo(field, type, GeoArea.of(polygon));
            case Condition.HasId _, Condition.HasVector _, Condition.Slice _, Condition.Nested _, Condition.Group _ ->
                null;
        };
    }

    private RoaringBitmap flagged(int field, String flag) throws IOException {
        return sets.term(LuceneFields.flags(field), new BytesRef(flag));
    }

    // ---- matches

    private @Nullable Bounds match(Entry entry, MatchValue value) throws IOException {
        int field = entry.field();
        FieldType type = entry.spec().type();
        return switch (value) {
            case MatchValue.Keyword(String text) -> keywords(field, type, List.of(text));
            case MatchValue.Int(long number) -> integers(field, type, List.of(number));
            case MatchValue.Bool(boolean bool) ->
                type == FieldType.BOOL
                        ? Bounds.exactly(flagged(field, bool ? LuceneFields.TRUE : LuceneFields.FALSE))
                        : null;
            case MatchValue.Any(List<String> keywords, List<Long> integers) ->
                integers.isEmpty() ? keywords(field, type, keywords) : integers(field, type, integers);
            case MatchValue.Except(List<String> keywords, List<Long> integers) ->
                except(field, integers.isEmpty() ? keywords(field, type, keywords) : integers(field, type, integers));
            case MatchValue.Prefix(String prefix) ->
                type == FieldType.KEYWORD
                        ? open(field, sets.prefix(LuceneFields.terms(field), new BytesRef(prefix)))
                        : null;
            case MatchValue.Text(String text) -> type == FieldType.TEXT ? tokens(entry, text, true) : null;
            case MatchValue.TextAny(String text) -> type == FieldType.TEXT ? tokens(entry, text, false) : null;
            case MatchValue.Phrase(String text) -> type == FieldType.TEXT ? phrase(entry, text) : null;
        };
    }

    /** What was found for sure, and besides it perhaps the points with a text that is not indexed. */
    private Bounds open(int field, RoaringBitmap found) throws IOException {
        RoaringBitmap other = flagged(field, LuceneFields.OTHER);
        return other.isEmpty() ? Bounds.exactly(found) : new Bounds(found, RoaringBitmap.or(found, other));
    }

    private @Nullable Bounds keywords(int field, FieldType type, List<String> keywords) throws IOException {
        if (type != FieldType.KEYWORD && type != FieldType.UUID) {
            return null;
        }
        RoaringBitmap found = new RoaringBitmap();
        boolean others = false;
        for (String keyword : keywords) {
            UUID uuid = type == FieldType.UUID ? Uuids.parse(keyword) : null;
            if (uuid != null) {
                found.or(sets.term(LuceneFields.terms(field), LuceneFields.uuid(uuid)));
            } else if (type == FieldType.UUID || !LuceneFields.isTerm(keyword)) {
                others = true;
            } else {
                found.or(sets.term(LuceneFields.terms(field), new BytesRef(keyword)));
            }
        }
        return others ? open(field, found) : Bounds.exactly(found);
    }

    private @Nullable Bounds integers(int field, FieldType type, List<Long> integers) throws IOException {
        return switch (type) {
            case INTEGER -> Bounds.exactly(sets.points(LongPoint.newSetQuery(LuceneFields.longs(field), integers)));
            // among doubles there are fractions, and integers that are equal only there
            case FLOAT ->
                Bounds.atMost(sets.points(DoublePoint.newSetQuery(
                        LuceneFields.doubles(field),
                        integers.stream().map(Long::doubleValue).toList())));
            default -> null;
        };
    }

    /**
     * Points with an element that is not listed: those with an element, of which the ones that have a listed one and just that one
     * are none, and the ones that have several are open.
     */
    private Bounds except(int field, @Nullable Bounds listed) throws IOException {
        RoaringBitmap present = flagged(field, LuceneFields.PRESENT);
        if (listed == null) {
            return Bounds.atMost(present);
        }
        RoaringBitmap several = flagged(field, LuceneFields.SEVERAL);
        RoaringBitmap unlisted = RoaringBitmap.andNot(present, listed.possible());
        RoaringBitmap alone = RoaringBitmap.andNot(listed.sure(), several);
        return new Bounds(unlisted, RoaringBitmap.andNot(present, alone));
    }

    // ---- texts

    private Bounds tokens(Entry entry, String text, boolean all) throws IOException {
        List<String> tokens = entry.spec().text() == null ? List.of() : LuceneTexts.query(entry.spec(), text);
        RoaringBitmap found = null;
        boolean others = false;
        for (String token : tokens) {
            if (!LuceneFields.isTerm(token)) {
                others = true;
                continue;
            }
            RoaringBitmap with = sets.term(LuceneFields.terms(entry.field()), new BytesRef(token));
            found = found == null ? with : all ? RoaringBitmap.and(found, with) : RoaringBitmap.or(found, with);
        }
        RoaringBitmap sure = found == null ? new RoaringBitmap() : found;
        if (!others) {
            return Bounds.exactly(sure);
        }
        RoaringBitmap other = flagged(entry.field(), LuceneFields.OTHER);
        return all ? Bounds.atMost(other) : new Bounds(sure, RoaringBitmap.or(sure, other));
    }

    private Bounds phrase(Entry entry, String text) throws IOException {
        List<String> tokens = LuceneTexts.document(entry.spec(), text);
        if (tokens.isEmpty()) {
            return Bounds.exactly(new RoaringBitmap());
        }
        if (!tokens.stream().allMatch(LuceneFields::isTerm)) {
            return Bounds.atMost(flagged(entry.field(), LuceneFields.OTHER));
        }
        String terms = LuceneFields.terms(entry.field());
        // a token that is not indexed leaves no trace of its place
        RoaringBitmap other = flagged(entry.field(), LuceneFields.OTHER);
        if (LuceneTexts.hasPositions(entry.spec()) && other.isEmpty()) {
            return Bounds.exactly(sets.phrase(terms, tokens));
        }
        RoaringBitmap all = null;
        for (String token : tokens) {
            RoaringBitmap with = sets.term(terms, new BytesRef(token));
            all = all == null ? with : RoaringBitmap.and(all, with);
        }
        return Bounds.atMost(all == null ? new RoaringBitmap() : all);
    }

    // ---- ranges

    private RoaringBitmap counted(int field, Condition.ValuesCount count) throws IOException {
        long from = LongRanges.from(count.gt(), count.gte(), 0);
        long to = LongRanges.to(count.lt(), count.lte(), Integer.MAX_VALUE);
        return from > to
                ? new RoaringBitmap()
                : PointRange.find(
                        reader,
                        LuceneFields.counts(field),
                        IntPoint.pack((int) from).bytes,
                        IntPoint.pack((int) to).bytes);
    }

    private RoaringBitmap datetimes(int field, Condition.DatetimeRange range) throws IOException {
        long from = LongRanges.from(range.gt(), range.gte(), Long.MIN_VALUE);
        long to = LongRanges.to(range.lt(), range.lte(), Long.MAX_VALUE);
        return from > to ? new RoaringBitmap() : longs(field, from, to);
    }

    private RoaringBitmap longs(int field, long from, long to) throws IOException {
        return PointRange.find(reader, LuceneFields.longs(field), LongPoint.pack(from).bytes, LongPoint.pack(to).bytes);
    }

    private @Nullable Bounds range(int field, FieldType type, Condition.Range range) throws IOException {
        if (type != FieldType.INTEGER && type != FieldType.FLOAT) {
            return null;
        }
        double from = LongRanges.from(range);
        double to = LongRanges.to(range);
        // bounds that are no numbers contain none
        if (!(from <= to)) {
            return Bounds.exactly(new RoaringBitmap());
        }
        RoaringBitmap numbers = PointRange.find(
                reader, LuceneFields.doubles(field), DoublePoint.pack(from).bytes, DoublePoint.pack(to).bytes);
        if (type == FieldType.FLOAT) {
            return Bounds.exactly(numbers);
        }
        long first = LongRanges.first(from);
        long last = LongRanges.last(to);
        if (first <= last && LongRanges.contains(from, to, first)) {
            numbers.or(longs(field, first, last));
        }
        return Bounds.exactly(numbers);
    }

    // ---- places

    private @Nullable Bounds geo(int field, FieldType type, GeoArea area) throws IOException {
        if (type != FieldType.GEO) {
            return null;
        }
        RoaringBitmap near = new RoaringBitmap();
        for (GeoArea.Box box : area.bounds()) {
            if (box.south() <= box.north() && box.west() <= box.east()) {
                near.or(PointRange.find(
                        reader,
                        LuceneFields.places(field),
                        DoublePoint.pack(LongRanges.zero(box.south()), LongRanges.zero(box.west())).bytes,
                        DoublePoint.pack(LongRanges.zero(box.north()), LongRanges.zero(box.east())).bytes));
            }
        }
        return Bounds.exactly(sets.places(LuceneFields.places(field), near, area));
    }
}

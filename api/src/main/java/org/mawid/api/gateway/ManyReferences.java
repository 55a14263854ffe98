package org.mawid.api.gateway;

import java.util.Arrays;

/**
 * The references of a batch, turned all together: the same as {@link References} gives one by one, in half of the time.
 * Add them, turn them, ask for each by its place. One thread at a time; used again for every batch.
 */
public final class ManyReferences {
    private static final int FIRST_COUNT = 1_024;
    /** Places that are kept between batches; more are let go. */
    private static final int KEPT_COUNT = 32 << 10;

    private final References references;
    private final Permutations lanes = new Permutations();
    private ReferenceKind[] kinds = new ReferenceKind[FIRST_COUNT];
    private Permutation[] permutations = new Permutation[FIRST_COUNT];
    private long[] values = new long[FIRST_COUNT];
    private int count;

    public ManyReferences(final References references) {
        this.references = references;
    }

    /** One by itself, at once: see {@link References#number(ReferenceKind, long)}. */
    public long number(final ReferenceKind kind, final long longForm) {
        return references.number(kind, longForm);
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
        if (values.length > KEPT_COUNT) {
            resize(FIRST_COUNT);
        }
    }

    /** @param value a number or a long form, depending on what they are turned into @return its place: how many came before */
    public int add(final ReferenceKind kind, final long value) {
        if (count == values.length) {
            resize(2 * count);
        }
        kinds[count] = kind;
        values[count] = value;
        return count++;
    }

    /** What came out of the one at this place. */
    public long get(final int place) {
        return values[place];
    }

    /** Each number added becomes its {@link References#longForm}. */
    public void toLongForms() {
        for (int i = 0; i < count; i++) {
            permutations[i] = values[i] == 0 ? null : references.newest(kinds[i], values[i]);
        }
        lanes.apply(values, permutations, count);
        for (int i = 0; i < count; i++) {
            if (permutations[i] != null) {
                values[i] = references.compose(kinds[i], values[i]);
            }
        }
    }

    /** Each long form added becomes its {@link References#number(ReferenceKind, long)}. */
    public void toNumbers() {
        for (int i = 0; i < count; i++) {
            final long longForm = values[i];
            permutations[i] = longForm == 0 ? null : references.permutation(kinds[i], longForm);
            values[i] = permutations[i] != null ? References.permuted(kinds[i], longForm) : longForm == 0 ? 0 : References.INVALID;
        }
        lanes.invert(values, permutations, count);
        for (int i = 0; i < count; i++) {
            if (permutations[i] != null) {
                values[i] = References.counted(values[i]);
            }
        }
    }

    private void resize(final int size) {
        kinds = Arrays.copyOf(kinds, size);
        permutations = Arrays.copyOf(permutations, size);
        values = Arrays.copyOf(values, size);
    }
}

package org.mawid.api.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures by slice, of one post and one day or month. Packed they are, all numbers as varints of seven bits a byte, the lowest first: how many slices;
 * for each the length of its currency and its letters, service, means, how many figures are not zero, and those as pairs of the measure's number and the
 * figure (zigzag).
 */
final class Sums {
    private final Map<Slice, long[]> slices = new TreeMap<>();

    void add(final Slice slice, final Measure measure, final long amount) {
        slices.computeIfAbsent(slice, none -> new long[Measure.COUNT])[measure.ordinal()] += amount;
    }

    /** In order. Not to be changed. */
    Map<Slice, long[]> slices() {
        return slices;
    }

    byte[] pack() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        put(out, slices.size());
        slices.forEach((slice, figures) -> {
            final byte[] currency = slice.currency().getBytes(StandardCharsets.US_ASCII);
            put(out, currency.length);
            out.writeBytes(currency);
            put(out, slice.serviceId());
            put(out, slice.means());
            int used = 0;
            for (final long figure : figures) {
                used += figure == 0 ? 0 : 1;
            }
            put(out, used);
            for (int i = 0; i < figures.length; i++) {
                if (figures[i] != 0) {
                    put(out, i);
                    put(out, figures[i] << 1 ^ figures[i] >> 63);
                }
            }
        });
        return out.toByteArray();
    }

    static Sums unpack(final byte[] packed) {
        return new Sums().add(packed);
    }

    /** Adds what was packed. @throws RuntimeException these are not such bytes */
    Sums add(final byte[] packed) {
        final ByteBuffer in = ByteBuffer.wrap(packed);
        for (long left = get(in); left > 0; left--) {
            final byte[] currency = new byte[Math.toIntExact(get(in))];
            in.get(currency);
            final Slice slice = new Slice(new String(currency, StandardCharsets.US_ASCII), Math.toIntExact(get(in)), Math.toIntExact(get(in)));
            final long[] figures = slices.computeIfAbsent(slice, none -> new long[Measure.COUNT]);
            for (long used = get(in); used > 0; used--) {
                final int measure = Math.toIntExact(get(in));
                final long figure = get(in);
                figures[measure] += figure >>> 1 ^ -(figure & 1);
            }
        }
        return this;
    }

    private static void put(final ByteArrayOutputStream out, final long number) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static long get(final ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            final byte next = in.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("no number");
    }
}

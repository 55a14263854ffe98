package org.mawid.bench.peer.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.IntSupplier;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.Steps;
import org.postgresql.PGConnection;

/** One client's connection to PostgreSQL: each step by itself, or as arrays in one call. */
final class PostgresLine implements Line {
    private final Connection connection;
    private final Calendar calendar;
    private final IntSupplier holdTtlMs;
    private final PGConnection arrays;
    private final PreparedStatement hold;
    private final PreparedStatement confirm;
    private final PreparedStatement giveBack;
    private final PreparedStatement many;
    private final PreparedStatement datesWith;

    /** @param holdTtlMs of a hold that is asked for now */
    PostgresLine(final Connection connection, final Calendar calendar, final IntSupplier holdTtlMs) throws SQLException {
        this.connection = connection;
        this.calendar = calendar;
        this.holdTtlMs = holdTtlMs;
        this.arrays = connection.unwrap(PGConnection.class);
        this.hold = connection.prepareStatement("SELECT hold(?, ?, ?, ?, ?, ?, ?, ?)");
        this.confirm = connection.prepareStatement("SELECT confirm(?, ?, ?)");
        this.giveBack = connection.prepareStatement("SELECT give_back(?, ?, ?, ?)");
        this.many = connection.prepareStatement("SELECT many(?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.datesWith = connection.prepareStatement("SELECT dates_with(?, 0, " + calendar.dates() + ", ?)");
    }

    @Override
    public void ask(final Steps steps) throws SQLException {
        if (steps.count() == 1) {
            steps.answer[0] = PostgresPeer.only(one(steps).executeQuery());
        } else {
            askMany(steps);
        }
    }

    private PreparedStatement one(final Steps steps) throws SQLException {
        final byte kind = steps.kind[0];
        final PreparedStatement call = kind == Steps.HOLD ? hold : kind == Steps.CONFIRM ? confirm : giveBack;
        call.setLong(1, steps.idHigh());
        call.setLong(2, steps.idLow[0]);
        call.setLong(3, kind == Steps.HOLD ? steps.application[0] : steps.visit[0]);
        if (kind == Steps.HOLD) {
            call.setInt(4, calendar.post(steps.day[0]));
            call.setInt(5, calendar.date(steps.day[0]));
            call.setShort(6, steps.start[0]);
            call.setShort(7, steps.units[0]);
            call.setInt(8, holdTtlMs.getAsInt());
        } else if (kind != Steps.CONFIRM) {
            call.setShort(4, (short) (kind == Steps.CANCEL ? 2 : 1));
        }
        return call;
    }

    private void askMany(final Steps steps) throws SQLException {
        final int count = steps.count();
        final short[] kinds = new short[count];
        final long[] lows = new long[count];
        final long[] subjects = new long[count];
        final int[] posts = new int[count];
        final int[] dates = new int[count];
        final short[] starts = new short[count];
        final short[] units = new short[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = steps.kind[i];
            lows[i] = steps.idLow[i];
            subjects[i] = steps.kind[i] == Steps.HOLD ? steps.application[i] : steps.visit[i];
            posts[i] = calendar.post(steps.day[i]);
            dates[i] = calendar.date(steps.day[i]);
            starts[i] = steps.start[i];
            units[i] = steps.units[i];
        }
        many.setLong(1, steps.idHigh());
        many.setArray(2, arrays.createArrayOf("int2", kinds));
        many.setArray(3, arrays.createArrayOf("int8", lows));
        many.setArray(4, arrays.createArrayOf("int8", subjects));
        many.setArray(5, arrays.createArrayOf("int4", posts));
        many.setArray(6, arrays.createArrayOf("int4", dates));
        many.setArray(7, arrays.createArrayOf("int2", starts));
        many.setArray(8, arrays.createArrayOf("int2", units));
        many.setInt(9, holdTtlMs.getAsInt());
        try (ResultSet row = many.executeQuery()) {
            row.next();
            final Long[] answers = (Long[]) row.getArray(1).getArray();
            for (int i = 0; i < count; i++) {
                steps.answer[i] = answers[i];
            }
        }
    }

    @Override
    public long datesWith(final int post, final int units) throws SQLException {
        datesWith.setInt(1, post);
        datesWith.setInt(2, units);
        return PostgresPeer.only(datesWith.executeQuery());
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new IOException(e);
        }
    }
}

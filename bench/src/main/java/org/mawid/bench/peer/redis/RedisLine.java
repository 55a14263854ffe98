package org.mawid.bench.peer.redis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntSupplier;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.Steps;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** One client's connection to Redis: each step by itself, or many in a pipeline. */
final class RedisLine implements Line {
    private static final byte[] HELD = {'1'};
    private static final byte[] CONFIRMED = {'2'};

    private final Jedis jedis;
    private final RedisScripts scripts;
    private final byte[][] days;
    private final int dates;
    private final IntSupplier holdTtlMs;

    /**
     * @param days      key of each day
     * @param dates     days of a post
     * @param holdTtlMs of a hold that is asked for now
     */
    RedisLine(final Jedis jedis, final RedisScripts scripts, final byte[][] days, final int dates, final IntSupplier holdTtlMs) {
        this.jedis = jedis;
        this.scripts = scripts;
        this.days = days;
        this.dates = dates;
        this.holdTtlMs = holdTtlMs;
    }

    @Override
    public void ask(final Steps steps) {
        if (steps.count() == 1) {
            steps.answer[0] = (Long) jedis.evalsha(script(steps, 0), keys(steps, 0), arguments(steps, 0));
            return;
        }
        final Pipeline pipeline = jedis.pipelined();
        for (int i = 0; i < steps.count(); i++) {
            pipeline.evalsha(script(steps, i), keys(steps, i), arguments(steps, i));
        }
        final List<Object> answers = pipeline.syncAndReturnAll();
        for (int i = 0; i < steps.count(); i++) {
            if (answers.get(i) instanceof JedisException e) {
                throw e;
            }
            steps.answer[i] = (Long) answers.get(i);
        }
    }

    private byte[] script(final Steps steps, final int i) {
        return steps.kind[i] == Steps.HOLD ? scripts.hold() : steps.kind[i] == Steps.CONFIRM ? scripts.confirm() : scripts.giveBack();
    }

    private int keys(final Steps steps, final int i) {
        return steps.kind[i] == Steps.HOLD ? 2 : 1;
    }

    private byte[][] arguments(final Steps steps, final int i) {
        final byte[] request = ByteBuffer.allocate(2 + 2 * Long.BYTES).put((byte) 'r').put((byte) ':').putLong(steps.idHigh()).putLong(steps.idLow[i]).array();
        return switch (steps.kind[i]) {
            case Steps.HOLD -> new byte[][] {request, days[steps.day[i]], Protocol.toByteArray(steps.application[i]),
                Protocol.toByteArray(steps.start[i]), Protocol.toByteArray(steps.units[i]), Protocol.toByteArray(holdTtlMs.getAsInt())};
            case Steps.CONFIRM -> new byte[][] {request, Protocol.toByteArray(steps.visit[i])};
            default -> new byte[][] {request, Protocol.toByteArray(steps.visit[i]), steps.kind[i] == Steps.CANCEL ? CONFIRMED : HELD};
        };
    }

    @Override
    public long datesWith(final int post, final int units) {
        final byte[][] arguments = new byte[dates + 1][];
        System.arraycopy(days, post * dates, arguments, 0, dates);
        arguments[dates] = Protocol.toByteArray(units);
        final byte[] digits = (byte[]) jedis.evalsha(scripts.datesWith(), dates, arguments);
        long found = 0;
        for (int date = 0; date < digits.length; date++) {
            found |= digits[date] == '1' ? 1L << date : 0;
        }
        return found;
    }

    @Override
    public void close() {
        jedis.close();
    }
}

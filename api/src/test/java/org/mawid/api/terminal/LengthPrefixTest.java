package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.nexo.MalformedMessage;
import org.mawid.api.terminal.nexo.NexoReader;

class LengthPrefixTest {
    @Test
    void givenMessagesCutAnywhere_thenEachComesOutWhole() throws MalformedMessage {
        final Random chance = new Random(1);
        for (int round = 0; round < 200; round++) {
            final Buffer stream = Buffer.buffer();
            final List<String> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sent.add("m".repeat(chance.nextInt(300)));
                stream.appendBuffer(LengthPrefix.frame(sent.get(i).getBytes()));
            }
            final LengthPrefix reader = new LengthPrefix();
            final List<String> heard = new ArrayList<>();
            for (int from = 0; from < stream.length();) {
                final int to = Math.min(stream.length(), from + 1 + chance.nextInt(200));
                reader.accept(stream.getBuffer(from, to), message -> heard.add(new String(message)));
                from = to;
            }
            assertThat(heard).isEqualTo(sent);
        }
    }

    @Test
    void givenALengthBeyondTheLimit_thenNothingOfItIsAwaited() throws MalformedMessage {
        new LengthPrefix().accept(Buffer.buffer().appendInt(NexoReader.MAX_BYTES), message -> { });
        for (final int length : new int[] {NexoReader.MAX_BYTES + 1, Integer.MAX_VALUE, -1}) {
            assertThatThrownBy(() -> new LengthPrefix().accept(Buffer.buffer().appendInt(length), message -> { })).isInstanceOf(MalformedMessage.class);
        }
    }
}

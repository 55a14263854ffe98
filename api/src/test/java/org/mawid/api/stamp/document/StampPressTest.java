package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.sbe.StampState;

/** So many pages at once and no more, and one more when one is done. */
class StampPressTest {
    private final FakeEngine engine = new FakeEngine();
    private final Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), 300);
    private final CountDownLatch ink = new CountDownLatch(1);
    private final StampPress press = new StampPress(gateway, SigningKeys.passing(), postId -> {
        try {
            assertThat(ink.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return ZoneOffset.UTC;
    });

    @AfterEach
    void close() {
        ink.countDown();
        press.close();
        gateway.close();
        engine.close();
    }

    @Test
    void givenAsManyPagesAsMayWait_whenOneMoreIsAsked_thenThereIsNoPlaceForItUntilTheyAreDrawn() {
        final StampPress.Found found = new StampPress.Found(7, 1, StampState.PAID, StampPages.PAID);
        final List<CompletableFuture<byte[]>> drawn = new ArrayList<>();
        for (int i = 0; i < StampPress.MOST; i++) {
            drawn.add(press.page(found, PageLanguage.ENGLISH));
        }
        assertThat(drawn).doesNotContainNull();
        assertThat(press.page(found, PageLanguage.FRENCH)).isNull();
        assertThat(press.code(found)).isNull();
        ink.countDown();
        assertThat(drawn).allSatisfy(page -> assertThat(page.get(60, TimeUnit.SECONDS)).startsWith('%', 'P', 'D', 'F'));
        assertThat(press.code(found)).isNotNull();
    }
}

package org.mawid.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BookmarkTest {
    private final Bookmark bookmark = new Bookmark();

    @Test
    void givenAnApplicationThatWasToldInPart_whenItHasChanged_thenTheTellingIsNotWithinItAnyMore() {
        bookmark.open(40, 1_000, 7, 9, 11);
        assertThat(bookmark.isWithin(40, 1_000)).isTrue();
        assertThat(bookmark.isWithin(40, 1_001)).isFalse();
        assertThat(bookmark.isWithin(41, 1_000)).isFalse();
    }

    @Test
    void givenAnApplicationThatWasToldInPart_whenTheBookmarkIsMovedBackToIt_thenItIsToldAnew() {
        bookmark.open(40, 1_000, 7, 9, 11);
        bookmark.moveTo(40);
        assertThat(bookmark.number()).isEqualTo(40);
        assertThat(bookmark.isWithin(40, 1_000)).isFalse();
    }
}

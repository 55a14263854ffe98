package org.mawid.bench.capacity.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Post;

/** Which post is near another. */
class CoordinatesTest {
    private static final Network REAL = Network.bundled();

    @Test
    void givenTheCitiesOfPosts_whenAskedHowFar_thenEveryPostThatSharesItsCountryHasAPlace() {
        final Coordinates coordinates = Coordinates.bundled();
        final Map<String, String> firstOf = new TreeMap<>();
        for (final Post post : REAL.posts()) {
            if (!REAL.poolsOf(post.id()).isEmpty()) {
                final String first = firstOf.putIfAbsent(post.country(), post.code());
                if (first != null) {
                    assertThat(coordinates.km(first, post.code())).as(first + " to " + post.code()).isBetween(0.0, 4_500.0);
                }
            }
        }
        assertThat(coordinates.km("MA-CG-BARCELONE", "MA-CG-GERONE")).isBetween(75.0, 95.0);
        assertThat(coordinates.km("MA-CG-PARIS", "MA-CG-MARSEILLE")).isBetween(640.0, 680.0);
        assertThat(coordinates.km("MA-CG-PARIS", "MA-EM-OSLO")).isInfinite();
    }
}

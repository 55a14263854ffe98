package org.mawid.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is ended when answers are not read, and who is not. What a connection may take by itself is tested on a server. */
class ReplyBudgetTest {
    private static final int CONNECTION = 100_000;
    private static final int ALL = 250_000;

    private final ReplyBudget budget = new ReplyBudget(ALL, CONNECTION);
    private final List<String> ended = new ArrayList<>();
    private final ReplyBudget.Share reader = budget.open(() -> ended.add("reader"));
    private final ReplyBudget.Share stalled = budget.open(() -> ended.add("stalled"));
    private final ReplyBudget.Share idle = budget.open(() -> ended.add("idle"));

    @Test
    void givenTheBudgetOfAllIsSpent_whenOneHasTakenNothingForLong_thenOnlyThatOneIsEnded() {
        stalled.take(ALL);
        reader.take(1);
        for (int look = 0; look < ReplyBudget.STALLED_LOOKS; look++) {
            assertThat(ended).isEmpty();
            assertThat(idle.isSpent()).as("others are shut out").isTrue();
            reader.take(1);
            reader.giveBack(1);
            budget.look();
        }
        assertThat(ended).containsExactly("stalled");

        stalled.close();
        assertThat(budget.bytes()).isEqualTo(1);
        assertThat(idle.isSpent()).isFalse();
    }

    @Test
    void givenAConnectionThatIsGone_whenItsCallsGiveBackAfterIt_thenTheyHaveComeBackOnce() {
        reader.take(1);
        stalled.take(CONNECTION);
        stalled.close();
        stalled.giveBack(CONNECTION);
        stalled.take(1);
        assertThat(budget.bytes()).as("the reader's").isEqualTo(1);
    }

    @Test
    void givenThereIsRoomForOthers_whenOneTakesNothing_thenItMayStandStill() {
        stalled.take(CONNECTION);
        for (int look = 0; look < 2 * ReplyBudget.STALLED_LOOKS; look++) {
            budget.look();
        }
        assertThat(stalled.isSpent()).isTrue();
        assertThat(idle.isSpent()).isFalse();
        assertThat(ended).isEmpty();
    }

    @Test
    void givenAConnectionThatGoesOnAsking_whenItHasTwiceItsShareOfRefusals_thenItIsEnded() {
        stalled.take(2 * CONNECTION - 1);
        stalled.refused();
        assertThat(ended).isEmpty();
        stalled.take(1);
        stalled.refused();
        assertThat(ended).containsExactly("stalled");
    }
}

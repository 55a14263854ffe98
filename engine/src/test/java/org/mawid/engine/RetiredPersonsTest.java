package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** The whole engine retires by itself, sooner than spent holds come back: in the end it remembers nobody. */
@Timeout(120)
class RetiredPersonsTest {
    private static final int POST = 1;
    private static final int DESK = 11;
    private static final int SERVICE = 5;
    private static final int TOMORROW = (int) (Rig.START_MS / 86_400_000L) + 1;
    private static final long MINUTE_MS = 60_000;
    private static final long WHO_HELD = 1;
    private static final long WHO_DID_NOT = 2;

    private final Rig rig = new Rig().with(Setting.RETIRE_EVERY_MS, 1);
    private final CommandWriter writer = new CommandWriter();
    private long requests;

    @BeforeEach
    void aDesk() throws Exception {
        rig.start();
        done(new Command.SetRules(request(), Command.Rules.DEFAULT.withRetainMs(MINUTE_MS)));
        done(new Command.DefinePost(request(), POST, "paris", "EUR", 2, 50));
        done(new Command.DefinePool(request(), DESK, POST, PoolKind.DESK, "paris/1"));
        done(new Command.DefineService(request(), SERVICE, 15, "passport", ServiceScope.ANY_POST, false, true, false, 0, 1));
        done(new Command.SetDeskService(request(), DESK, SERVICE, true));
        done(new Command.PublishDay(request(), new Command.DayPlan(DESK, TOMORROW, TOMORROW * 86_400_000L + 28_800_000L, 0, 96, 3,
                List.of(new Command.Run(0, 96, 1, 0)))));
    }

    @AfterEach
    void stop() {
        rig.close();
        assertThat(rig.halts).isEmpty();
    }

    @Test
    void givenAPersonWhoseHoldComesBackAfterTheirApplicationMayGo_whenItHas_thenBothGo() {
        final long held = submit(WHO_HELD);
        done(new Command.Release(request(), done(new Command.Hold(request(), held, false, List.of(new Command.Leg(DESK, 1, TOMORROW, 0, 3))))));
        done(new Command.WithdrawLines(request(), held, 1));
        done(new Command.WithdrawLines(request(), submit(WHO_DID_NOT), 1));

        pass(2 * MINUTE_MS);
        await().atMost(Duration.ofSeconds(60)).until(() -> count("applications") == 1); // looked at after the other one, which waits
        assertThat(count("persons")).isOne();

        pass(10 * MINUTE_MS);
        await().atMost(Duration.ofSeconds(60)).until(() -> count("applications") == 0);
        assertThat(count("persons")).isZero();
    }

    /** Log time goes on with what is logged. */
    private void pass(final long ms) {
        rig.clockMs.addAndGet(ms);
        done(new Command.SetDeskService(request(), DESK, SERVICE, true));
    }

    private long submit(final long person) {
        return done(new Command.SubmitApplication(request(), person, POST,
                List.of(new Command.LineAsked(person, SERVICE, 0, 1, AgeBand.ADULT, Priority.NONE, false))));
    }

    private long done(final Command command) {
        final Answer answer = Rig.get(rig.send((index, slot, offset) -> writer.write(command, slot, offset)));
        assertThat(answer.result()).as("%s", command).isEqualTo(Result.OK);
        return answer.number1();
    }

    private long count(final String name) {
        return rig.onCore(core -> core.counts().of(name));
    }

    private Command.Request request() {
        return new Command.Request(0, Samples.CLIENT, ++requests, rig.clockMs.get(), 0, 1, 0, 0, Channel.ONLINE);
    }
}

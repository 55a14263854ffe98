package org.mawid.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Role;
import org.mawid.api.access.Target;

/** Who asks too often is told when to come back, and nobody else pays for it. */
class LimitsTest {
    private static final long SEED = Long.getLong("seed", 20_261_128L);
    private static final long AMINA = 0xA1;
    private static final long BADR = 0xB2;

    private final Watch watch = new Watch();

    private Limits limits(final String... said) {
        final Map<String, String> byPayer = new HashMap<>();
        for (final String each : said) {
            byPayer.put(each.substring(0, each.indexOf(' ')), each.substring(each.indexOf(' ') + 1));
        }
        return new Limits(Rates.of(payer -> byPayer.getOrDefault(payer.word(), "")), watch);
    }

    private static Caller token(final long key, final Role... roles) {
        return new Caller("subject " + key, Set.of(roles), Set.of(), "", key, List.of(roles).contains(Role.APPLICANT) ? key : 0, Long.MAX_VALUE, 0, 0, "203.0.113.9");
    }

    private static Caller from(final String address) {
        return Caller.NOBODY.from(address);
    }

    @Test
    void givenAnApplicantWhoHasSentAll_whenTheySendMore_thenTheyAreToldWhenAndMayThen() {
        final Limits limits = limits("person commands=3");
        final Caller amina = token(AMINA, Role.APPLICANT);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(amina, Budget.COMMANDS, 1)).isNull();
        }
        final Spent spent = limits.take(amina, Budget.COMMANDS, 1);
        assertThat(spent.limit()).isEqualTo("person.commands");
        assertThat(spent.waitMs()).isEqualTo(20_000);
        assertThat(limits.take(amina, Budget.READS, 1)).as("what is asked is another budget").isNull();
        assertThat(limits.take(token(BADR, Role.APPLICANT), Budget.COMMANDS, 1)).as("somebody else").isNull();
        watch.pass(19_999);
        assertThat(limits.take(amina, Budget.COMMANDS, 1).waitMs()).isEqualTo(1);
        watch.pass(1);
        assertThat(limits.take(amina, Budget.COMMANDS, 1)).isNull();
    }

    @Test
    void givenAPortal_whenOneOfItsUsersHasHadAll_thenItsOthersHaveNot_andTheUserHasNotElsewhereEither() {
        final Limits limits = limits("person commands=2", "portal commands=10");
        final Caller portal = token(7, Role.PORTAL);
        assertThat(limits.take(portal, AMINA, Budget.COMMANDS, 1)).isNull();
        assertThat(limits.take(portal, AMINA, Budget.COMMANDS, 1)).isNull();
        for (int i = 0; i < 100; i++) {
            assertThat(limits.take(portal, AMINA, Budget.COMMANDS, 1).limit()).isEqualTo("person.commands");
        }
        assertThat(limits.take(token(AMINA, Role.APPLICANT), Budget.COMMANDS, 1).limit()).as("by herself").isEqualTo("person.commands");
        assertThat(limits.take(portal, BADR, Budget.COMMANDS, 1)).as("what was refused costs the portal nothing").isNull();
    }

    @Test
    void givenThatNobodyIsNamedForWhomItIs_whenSomethingIsSaidOfAPerson_thenThePersonPaysAllTheSame_onceAndNotByThemselvesTwice() {
        final Limits limits = limits("person links=2", "staff links=3");
        final Caller agent = token(7, Role.CALL_CENTRE);
        final List<Target> ofAmina = Target.persons(List.of(AMINA));
        for (int i = 0; i < 2; i++) {
            assertThat(limits.take(agent, Budget.LINKS, 1)).isNull();
            assertThat(limits.takeAbout(agent, ofAmina, Budget.LINKS)).isNull();
        }
        for (int i = 0; i < 9; i++) {
            assertThat(limits.take(agent, Budget.LINKS, 1)).as("what was refused costs the agent nothing").isNull();
            assertThat(limits.takeAbout(agent, ofAmina, Budget.LINKS).limit()).isEqualTo("person.links");
        }
        assertThat(limits.take(token(AMINA, Role.APPLICANT), Budget.LINKS, 1).limit()).as("by herself").isEqualTo("person.links");

        final Caller badr = token(BADR, Role.APPLICANT);
        for (int i = 0; i < 2; i++) {
            assertThat(limits.take(badr, Budget.LINKS, 1)).isNull();
            assertThat(limits.takeAbout(badr, Target.persons(List.of(BADR)), Budget.LINKS)).as("paid already").isNull();
        }
        assertThat(limits.take(badr, Budget.LINKS, 1).limit()).isEqualTo("person.links");
    }

    @Test
    void givenTheOneForWhomItIsSaidIsTheOneItIsAbout_thenTheyPayOnce() {
        final Limits limits = limits("person links=2", "staff links=9");
        final Caller agent = new Caller("agent", Set.of(Role.CALL_CENTRE), Set.of(), "", 7, 0, Long.MAX_VALUE, AMINA, 0, "203.0.113.9");
        for (int i = 0; i < 2; i++) {
            assertThat(limits.take(agent, Budget.LINKS, 1)).isNull();
            assertThat(limits.takeAbout(agent, Target.persons(List.of(AMINA)), Budget.LINKS)).isNull();
        }
        assertThat(limits.take(agent, Budget.LINKS, 1).limit()).isEqualTo("person.links");
    }

    @Test
    void givenTwoLimitsAreSpent_whenRefused_thenTheLongerWaitIsSaid() {
        final Limits limits = limits("person commands=1", "portal commands=2");
        final Caller portal = token(7, Role.PORTAL);
        limits.take(portal, AMINA, Budget.COMMANDS, 1);
        limits.take(portal, BADR, Budget.COMMANDS, 1);
        assertThat(limits.take(portal, AMINA, Budget.COMMANDS, 1).waitMs()).isEqualTo(60_000);
        watch.pass(60_000);
        assertThat(limits.take(portal, AMINA, Budget.COMMANDS, 1)).isNull();
    }

    @Test
    void givenNobodyInParticular_whenTheyAsk_thenTheirAddressPays_butNotThisMachine() {
        final Limits limits = limits("address reads=1");
        assertThat(limits.take(from("192.0.2.1"), Budget.READS, 1)).isNull();
        assertThat(limits.take(from("192.0.2.1"), Budget.READS, 1).limit()).isEqualTo("address.reads");
        assertThat(limits.take(from("2001:db8:0:1::1"), Budget.READS, 1)).isNull();
        assertThat(limits.take(from("2001:db8:0:1:ffff::1"), Budget.READS, 1)).as("one subscriber").isNotNull();
        for (final String ours : List.of("127.0.0.1", "::1", "")) {
            assertThat(limits.take(from(ours), Budget.READS, 1)).isNull();
            assertThat(limits.take(from(ours), Budget.READS, 1)).as(ours).isNull();
        }
    }

    @Test
    void givenAPostBehindOneAddress_whenOneOfItsOfficersHasHadAll_thenTheOthersGoOn() {
        final Limits limits = limits("staff reads=1", "address reads=1");
        assertThat(limits.take(token(1, Role.OFFICER), Budget.READS, 1)).isNull();
        assertThat(limits.take(token(1, Role.OFFICER), Budget.READS, 1).limit()).isEqualTo("staff.reads");
        assertThat(limits.take(token(2, Role.OFFICER, Role.POST_MANAGER), Budget.READS, 1)).isNull();
        assertThat(limits.take(from("203.0.113.9"), Budget.READS, 1)).as("nor is it the address that has paid").isNull();
    }

    @Test
    void givenRoles_thenTheLargestPays_andWhoHasNonePaysLikeAnApplicant() {
        assertThat(Payer.of(token(1, Role.APPLICANT))).isEqualTo(Payer.PERSON);
        assertThat(Payer.of(token(1))).isEqualTo(Payer.PERSON);
        assertThat(Payer.of(token(1, Role.APPLICANT, Role.CALL_CENTRE))).isEqualTo(Payer.STAFF);
        assertThat(Payer.of(token(1, Role.OFFICER, Role.PORTAL))).isEqualTo(Payer.PORTAL);
        assertThat(Payer.of(token(1, Role.OPERATOR))).isEqualTo(Payer.PORTAL);
    }

    @Test
    void givenUploads_thenBytesAreCountedByTheDay() {
        final Limits limits = limits("person uploads=1000");
        final Caller amina = token(AMINA, Role.APPLICANT);
        assertThat(limits.take(amina, Budget.UPLOADS, 900)).isNull();
        assertThat(limits.take(amina, Budget.UPLOADS, 200).waitMs()).isEqualTo(8_640_000);
        assertThat(limits.take(amina, Budget.UPLOADS, 100)).isNull();
        assertThat(limits.take(amina, Budget.UPLOADS, 5_000).waitMs()).as("more than there is ever is all of it").isEqualTo(86_400_000);
        watch.pass(86_400_000);
        assertThat(limits.take(amina, Budget.UPLOADS, 5_000)).isNull();
    }

    @Test
    void givenStreams_whenAsManyAreOpenAsMayBe_thenAnotherOneWaitsUntilOneHasEnded() {
        final Limits limits = limits("staff open=2");
        final Caller officer = token(1, Role.OFFICER);
        final List<String> tooMany = new ArrayList<>();
        final Limits.Open first = limits.open(officer, spent -> tooMany.add(spent.limit()));
        assertThat(limits.open(officer, spent -> tooMany.add(spent.limit()))).isNotNull();
        assertThat(tooMany).isEmpty();
        assertThat(limits.open(officer, spent -> tooMany.add(spent.limit()))).isNull();
        assertThat(tooMany).containsExactly("staff.open");
        assertThat(limits.open(token(2, Role.OFFICER), spent -> tooMany.add(spent.limit()))).isNotNull();
        first.close();
        first.close();
        assertThat(limits.open(officer, spent -> tooMany.add(spent.limit()))).isNotNull();
        assertThat(limits.open(officer, spent -> tooMany.add(spent.limit()))).as("one end is one end").isNull();
    }

    @Test
    void givenManyApplicantsAtOneAddress_whenTheyTogetherHaveHadAll_thenNoneOfThemGoesOn_andThoseElsewhereDo() {
        final Limits limits = limits("person commands=2", "applicants commands=3");
        final Caller amina = token(AMINA, Role.APPLICANT);
        final Caller badr = token(BADR, Role.APPLICANT);
        limits.take(amina, Budget.COMMANDS, 1);
        limits.take(amina, Budget.COMMANDS, 1);
        for (int i = 0; i < 9; i++) {
            assertThat(limits.take(amina, Budget.COMMANDS, 1).limit()).as("what was refused costs the address nothing").isEqualTo("person.commands");
        }
        assertThat(limits.take(badr, Budget.COMMANDS, 1)).isNull();
        for (int i = 0; i < 9; i++) {
            final Spent spent = limits.take(badr, Budget.COMMANDS, 1);
            assertThat(spent.limit()).isEqualTo("applicants.commands");
            assertThat(spent.waitMs()).isEqualTo(20_000);
        }
        assertThat(limits.take(badr.from("203.0.113.10"), Budget.COMMANDS, 1)).as("nor does it cost him anything: from elsewhere").isNull();
        assertThat(limits.take(badr.from("127.0.0.1"), Budget.COMMANDS, 1).limit()).as("this machine is no address of applicants").isEqualTo("person.commands");
        assertThat(limits.take(token(3, Role.OFFICER), Budget.COMMANDS, 1)).as("a post at the same address").isNull();
        watch.pass(20_000);
        assertThat(limits.take(token(4, Role.APPLICANT), Budget.COMMANDS, 1)).isNull();
        limits.giveBack(token(4, Role.APPLICANT), Budget.COMMANDS, 1);
        assertThat(limits.take(token(5, Role.APPLICANT), Budget.COMMANDS, 1)).as("what was given back").isNull();
        assertThat(limits.take(token(6, Role.APPLICANT), Budget.COMMANDS, 1).limit()).isEqualTo("applicants.commands");
    }

    @Test
    void givenManyApplicantsAtOneAddress_whenTheyHaveAsManyWatchesAsMayBe_thenOneThatEndsMakesRoomForAnother() {
        final Limits limits = limits("person open=2", "applicants open=3");
        final List<String> tooMany = new ArrayList<>();
        final Limits.Open first = limits.open(token(AMINA, Role.APPLICANT), spent -> tooMany.add(spent.limit()));
        assertThat(limits.open(token(AMINA, Role.APPLICANT), spent -> tooMany.add(spent.limit()))).isNotNull();
        assertThat(limits.open(token(AMINA, Role.APPLICANT), spent -> tooMany.add(spent.limit()))).isNull();
        assertThat(limits.open(token(BADR, Role.APPLICANT), spent -> tooMany.add(spent.limit()))).as("the refused one has no place").isNotNull();
        assertThat(limits.open(token(BADR, Role.APPLICANT), spent -> tooMany.add(spent.limit()))).isNull();
        assertThat(tooMany).containsExactly("person.open", "applicants.open");
        first.close();
        assertThat(limits.open(token(BADR, Role.APPLICANT), spent -> tooMany.add(spent.limit()))).isNotNull();
    }

    @Test
    void givenAnAddressThatBringsBadTokens_thenThatIsCounted_andGoodOnesCostNothing() {
        final Limits limits = limits("address tokens=2");
        for (int i = 0; i < 9; i++) {
            assertThat(limits.takeToken("192.0.2.1")).isNull();
            limits.giveBackToken("192.0.2.1");
        }
        assertThat(limits.takeToken("192.0.2.1")).isNull();
        assertThat(limits.takeToken("192.0.2.1")).isNull();
        assertThat(limits.takeToken("192.0.2.1")).isEqualTo(new Spent(Payer.ADDRESS, Budget.TOKENS, 30_000));
        assertThat(limits.takeToken("192.0.2.2")).isNull();
        for (int i = 0; i < 9; i++) {
            assertThat(limits.takeToken("127.0.0.1")).isNull();
        }
        watch.pass(30_000);
        assertThat(limits.takeToken("192.0.2.1")).isNull();
    }

    @Test
    void givenALimitOfZero_thenThereIsNone_andWhatIsNotNamedStaysAsUsual() {
        final Limits limits = limits("person commands=0,reads=1");
        final Caller amina = token(AMINA, Role.APPLICANT);
        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.take(amina, Budget.COMMANDS, 1)).isNull();
        }
        limits.take(amina, Budget.READS, 1);
        assertThat(limits.take(amina, Budget.READS, 1)).isNotNull();
        final Map<String, Long> counts = new HashMap<>();
        limits.count(counts::put);
        assertThat(counts).containsExactly(Map.entry("person.reads", 1L));
    }

    @Test
    void givenASettingThatIsNone_thenItIsSaidWhichAndWhatIsAllowed() {
        for (final String wrong : List.of("reads", "reads=", "reads=-1", "reads=1.5", "writes=1", "reads=1;commands=2", "reads=99999999999999999999")) {
            assertThatThrownBy(() -> Rates.of(payer -> payer == Payer.STAFF ? wrong : "")).as(wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("staff").hasMessageContaining("lookups");
        }
    }

    @Test
    void givenEveryOperation_thenHealthAndTheHallCostNothing_andWhatCouldBeGuessedAtIsApart() {
        for (final Operation free : List.of(Operation.LIVE, Operation.READY, Operation.METRICS, Operation.GET_HALL, Operation.WATCH_HALL, Operation.GET_HALL_PAGE)) {
            assertThat(Budget.of(free)).as(free.name()).isNull();
        }
        for (final Operation guessed : List.of(Operation.GET_APPLICATION, Operation.CHECK_STAMP, Operation.GET_VALIDITY, Operation.GET_OUTCOME, Operation.IDENTIFY, Operation.GET_DESK_CALENDAR, Operation.GET_APPOINTMENT_CALENDAR)) {
            assertThat(Budget.of(guessed)).as(guessed.name()).isEqualTo(Budget.LOOKUPS);
        }
        assertThat(Budget.of(Operation.LINK_IDENTITY)).isEqualTo(Budget.LINKS);
        assertThat(Budget.of(Operation.PUT_CONTACTS)).isEqualTo(Budget.COMMANDS);
        assertThat(Budget.of(Operation.LIST_POSTS)).isEqualTo(Budget.READS);
    }

    /** Callers at random, for whom time passes at random: in no window does more pass than what may at once and what comes back meanwhile; and who waits as told is let through. */
    @Test
    void givenCallsAtRandom_thenNoWindowHasMoreThanItMay_andWhatWasSaidIsEnough() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final int capacity = 20;
        final Limits limits = limits("portal commands=" + capacity, "person commands=" + capacity / 4);
        final Map<String, List<long[]>> passed = new HashMap<>();
        for (int call = 0; call < 20_000; call++) {
            final Caller portal = token(1 + random.nextInt(2), Role.PORTAL);
            final long person = random.nextInt(4);
            final int cost = 1 + random.nextInt(4);
            Spent spent = limits.take(portal, person, Budget.COMMANDS, cost);
            if (spent != null && random.nextInt(4) == 0) {
                watch.pass(spent.waitMs());
                spent = limits.take(portal, person, Budget.COMMANDS, cost);
                assertThat(spent).as("seed %s, call %s", SEED, call).isNull();
            }
            if (spent == null) {
                passed.computeIfAbsent(portal.subject(), first -> new ArrayList<>()).add(new long[] {watch.ms(), cost});
                if (person != 0) {
                    passed.computeIfAbsent("person " + person, first -> new ArrayList<>()).add(new long[] {watch.ms(), cost});
                }
            }
            watch.pass(random.nextInt(8) == 0 ? random.nextInt(10_000) : random.nextInt(200));
        }
        assertThat(passed).hasSize(5);
        passed.forEach((who, calls) -> assertThat(mostBeyond(calls, who.startsWith("person") ? capacity / 4 : capacity)).as("seed %s, %s", SEED, who).isLessThan(1e-6));
    }

    /** How much more passed in the worst window that begins and ends with a call than may: of all windows the largest sum, where each call adds its cost and each millisecond takes away what it gives back. */
    private static double mostBeyond(final List<long[]> calls, final int capacity) {
        double worst = Double.NEGATIVE_INFINITY;
        double ending = 0;
        long beforeMs = calls.get(0)[0];
        for (final long[] call : calls) {
            ending = Math.max(0, ending - (call[0] - beforeMs) * capacity / 60_000.0) + call[1];
            worst = Math.max(worst, ending);
            beforeMs = call[0];
        }
        return worst - capacity;
    }
}

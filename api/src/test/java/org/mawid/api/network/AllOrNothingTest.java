package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.engine.CommandSource;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Reply;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** New prices, durations, rates, desks and days, of two posts, refused or killed on their way into the real engine: all is in force, or nothing. */
class AllOrNothingTest {
    private static final LocalDate START = LocalDate.of(2026, 11, 20);
    private static final int DAYS = 5;
    private static final int LYON = 1;

    @TempDir
    private Path folder;
    private Path unfinished;
    private EmbeddedEngine engine;
    private LiveNetwork live;
    private long nowMs;
    private long officersRequests = 77;
    private String before;
    private String after;

    @BeforeEach
    void importTwiceElsewhere() throws Exception {
        nowMs = Instant.parse(START + "T08:00:00Z").toEpochMilli();
        open(folder.resolve("twice"));
        bring(old());
        before = inForce();
        bring(changed());
        after = inForce();
        assertThat(after).isNotEqualTo(before);
        stop();
        open(folder.resolve("once"));
        bring(old());
        assertThat(inForce()).isEqualTo(before);
    }

    @AfterEach
    void stop() {
        live.close();
        engine.close();
    }

    @Test
    void givenADayThatAnOfficerHasStaged_whenImported_thenPricesDurationsRatesDesksAndDaysAreAsTheyWere() throws Exception {
        final long officers = staged();
        assertThatThrownBy(() -> bring(changed())).isInstanceOf(NetworkImportException.class).hasMessageContaining("staged in changes that somebody has not finished");
        assertThat(inForce()).isEqualTo(before);
        assertThat(unfinished).doesNotExist();
        assertThat(OpenChanges.of(engine, (changeId, postId) -> true, 10_000)).containsExactly(officers);
        stop();
        reopen();
        assertThat(inForce()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void givenAnOfficerWhoStagesTheDayAgainAsItIsTakenOver_whenImported_thenThatIsTakenOverAlike(final int times) throws Exception {
        final AtomicInteger again = stagesAgain(times);
        bring(changed(), Others.TAKE_OVER);
        assertThat(again).as("he did so").hasValue(0);
        assertThat(inForce()).isEqualTo(after);
        assertThat(OpenChanges.of(engine, (changeId, postId) -> true, 10_000)).isEmpty();
    }

    @Test
    void givenAnOfficerWhoStagesTheDayAgainForEver_whenTakenOver_thenItIsRefusedAndAllAsItWas() throws Exception {
        stagesAgain(Integer.MAX_VALUE);
        assertThatThrownBy(() -> bring(changed(), Others.TAKE_OVER)).hasMessageContaining("1 days are staged in changes that somebody has not finished at MA-CG-LYON")
                .hasMessageEndingWith("\n  20 changes of others had been abandoned by then");
        assertThat(inForce()).isEqualTo(before);
        assertThat(OpenChanges.of(engine, (changeId, postId) -> true, 10_000)).as("his").hasSize(1);
        assertThat(unfinished).doesNotExist();
    }

    /** His change is open, and as often as it is abandoned the next one comes, before anything else. @return how often he will do so yet */
    private AtomicInteger stagesAgain(final int times) throws Exception {
        final AtomicInteger left = new AtomicInteger(times);
        final AtomicLong officers = new AtomicLong(staged());
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final AbandonChangeDecoder abandon = new AbandonChangeDecoder();
        live.close();
        live = new LiveNetwork((Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, given) -> {
            if (!method.getName().equals("submit") || given.length != 3) return method.invoke(engine, given);
            final AtomicBoolean abandoned = new AtomicBoolean();
            final CommandSource source = (index, slot, offset) -> {
                final int length = ((CommandSource) given[0]).write(index, slot, offset);
                abandoned.set(header.wrap(slot, offset).templateId() == AbandonChangeDecoder.TEMPLATE_ID
                        && abandon.wrapAndApplyHeader(slot, offset, header).changeId() == officers.get());
                return length;
            };
            final Result admission = engine.submit(source, (Reply) given[1], (long) given[2]);
            if (abandoned.get() && left.getAndUpdate(more -> Math.max(0, more - 1)) > 0) officers.set(staged());
            return admission;
        }), kept(), DAYS, () -> nowMs);
        return left;
    }

    @Test
    void givenAnImportThatIsKilledAtAnyCommand_whenStartedAgain_thenAllIsInForceOrNothing() throws Exception {
        int finished = 0;
        int abandoned = 0;
        boolean killed = true;
        for (int commands = 0; killed; commands++) {
            stop();
            open(folder.resolve("killed" + commands));
            bring(old());
            killed = killAfter(commands);
            stop();
            final boolean accepted = !killed || Files.exists(unfinished) && Files.readString(unfinished).contains("applying");
            reopen();
            if (commands % 2 == 0) {
                live.start();
            } else {
                bring(accepted ? changed() : old());
            }
            assertThat(unfinished).as("at once, before anybody is served").doesNotExist();
            assertThat(inForce()).as("killed after %s commands", commands).isEqualTo(accepted ? after : before);
            assertThat(OpenChanges.of(engine, (changeId, postId) -> true, 10_000)).isEmpty();
            assertThat(NetworkFiles.kept(kept()).network().services().get(0).minutes()).as("the files in force").isEqualTo(accepted ? 25 : 20);
            assertThat(live.extend()).as("and nothing is to be done").isZero();
            finished += accepted ? 1 : 0;
            abandoned += accepted ? 0 : 1;
        }
        assertThat(abandoned).as("before all was accepted").isGreaterThan(DAYS);
        assertThat(finished).as("prices, durations, rates, desks and two posts").isGreaterThan(8);
    }

    @Test
    void givenFilesThatSayWhenFeesArePaid_whenTheCoreDoesNotKnowSuchAThing_thenNothingIsDone_andOnceItDoesTheyAreInForce() throws Exception {
        final NetworkFolder said = changed().line("services.csv", 1, "fee_components", "fee_components,fee_time").line("services.csv", 2, "SERVICE:60", "SERVICE:60,BEFORE_CONFIRM")
                .line("services.csv", 3, "CHANCERY:70", "CHANCERY:70,").line("services.csv", 4, "true,5,", "true,5,,");
        assertThatThrownBy(() -> bring(said)).isInstanceOf(NetworkImportException.class).hasMessageContaining("go over to core version 4 first");
        assertThat(inForce()).isEqualTo(before);
        engine.setCoreVersion(4);
        bring(said);
        assertThat(inForce()).isEqualTo(after.replaceAll("(code=PASSPORT_ADULT[^\\]]*?feeTime=)AT_POST", "$1BEFORE_CONFIRM"));
        bring(changed());
        assertThat(engine.readModel().catalogue().service("PASSPORT_ADULT").feeTime()).as("files that do not say change nothing about it").isEqualTo(FeeTime.BEFORE_CONFIRM);
    }

    /** @return whether it was killed before it had ended */
    private boolean killAfter(final int commands) throws Exception {
        final int[] left = {commands};
        live.close();
        live = new LiveNetwork((Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, given) -> {
            if (method.getName().equals("submit") && --left[0] < 0) throw new IllegalStateException("killed");
            try {
                return method.invoke(engine, given);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }), kept(), DAYS, () -> nowMs);
        try {
            bring(changed());
            return false;
        } catch (final IllegalStateException killed) {
            return true;
        }
    }

    private NetworkFolder old() throws Exception {
        return NetworkFolder.write(folder.resolve("old"), 2026, 2027)
                .line("resources.csv", 3, "RECEPTION_SEAT,24", "RECEPTION_SEAT,24\nMA-EM-TUNIS,RECEPTION_SEAT,4")
                .line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION,1\nMA-EM-TUNIS,D1,LEGALISATION,1")
                .line("post-services.csv", 4, "MA-CG-LYON,PICKUP,D1", "MA-CG-LYON,PICKUP,D1\nMA-EM-TUNIS,LEGALIZATION,D1")
                .line("opening-hours.csv", 8, "14:00", "14:00\nMA-EM-TUNIS,FRI,09:00,12:00,09:00,12:00\nMA-EM-TUNIS,MON,09:00,12:00,09:00,12:00");
    }

    private NetworkFolder changed() throws Exception {
        old();
        final NetworkFolder changed = NetworkFolder.write(folder.resolve("changed"), 2026, 2027);
        for (final String name : new String[] {"resources.csv", "desks.csv", "post-services.csv", "opening-hours.csv"}) {
            changed.file(name, Files.readAllLines(folder.resolve("old").resolve(name)));
        }
        return changed.line("services.csv", 2, ",20,860,", ",25,960,").line("services.csv", 2, "STAMP:500", "STAMP:600")
                .line("services.csv", 3, ",10,60,", ",15,70,").line("services.csv", 3, "CHANCERY:60", "CHANCERY:70")
                .line("chancery-rates.csv", 2, "10.80", "10.85").line("chancery-rates.csv", 3, "3.19", "3.20")
                .line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,4")
                .line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION;OTHER,1")
                .line("desks.csv", 4, "LEGALISATION,1", "LEGALISATION,2")
                .line("post-services.csv", 4, "PICKUP,D1", "PICKUP,D2");
    }

    /** Of the catalogue and the days, as everybody is answered: all that the files can change. */
    private String inForce() {
        final CatalogueView catalogue = engine.readModel().catalogue();
        final Availability availability = engine.readModel().availability();
        assertThat(availability.awaitPosition(engine.status().durablePosition(), 10_000)).isTrue();
        final TreeSet<String> lines = new TreeSet<>();
        for (final CatalogueView.Service service : catalogue.services()) {
            final CatalogueView.Tariff tariff = catalogue.tariff(service.serviceId(), Long.MAX_VALUE);
            lines.add(service + " " + tariff.version() + Arrays.toString(tariff.beneficiaryCentimes()));
        }
        for (final CatalogueView.Post post : catalogue.posts()) {
            lines.add(post.code() + ' ' + post.currency() + post.minorDigits() + ' ' + post.microMadPerUnit());
            catalogue.services().forEach(service -> lines.add(post.code() + " serves " + service.code() + catalogue.desksFor(post.postId(), service.serviceId())));
            for (final CatalogueView.Pool pool : catalogue.pools(post.postId())) {
                for (int day = 0; day <= DAYS + 1; day++) {
                    final Availability.DayView view = availability.day(pool.poolId(), (int) START.toEpochDay() + day);
                    lines.add(pool + " " + day + (view == null ? "" : view.startMs() + Arrays.toString(view.open())));
                }
            }
        }
        return String.join("\n", lines);
    }

    /** An officer's, in a day that is to be changed. @return number of the change */
    private long staged() throws Exception {
        final CommandWriter write = new CommandWriter(++officersRequests, () -> nowMs);
        final long change = send((index, slot, offset) -> write.beginChange(slot, offset, LYON));
        send((index, slot, offset) -> write.addToChange(slot, offset, change, 1, new OpenDay(1, (int) START.toEpochDay() + 2,
                Instant.parse(START.plusDays(2) + "T08:00:00Z").toEpochMilli(), 12, 1, 0, 1)));
        return change;
    }

    private long send(final CommandSource command) throws Exception {
        final CompletableFuture<Long> number = new CompletableFuture<>();
        assertThat(engine.submit(command, (tag, outcome, events, offset, length) -> {
            assertThat(outcome.result()).isEqualTo(Result.OK);
            number.complete(outcome.number1());
        }, 0)).isEqualTo(Result.OK);
        return number.get();
    }

    private void bring(final NetworkFolder files) throws Exception {
        bring(files, Others.REFUSE);
    }

    private void bring(final NetworkFolder files, final Others others) throws Exception {
        live.bring(NetworkFiles.directory(files.path()), new Publication(START, START.plusDays(DAYS), START, Existing.REPLACE, others), (phase, done, total) -> { });
    }

    private void open(final Path into) throws Exception {
        unfinished = Files.createDirectories(into).resolve("import.unfinished");
        reopen();
    }

    private void reopen() throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(unfinished.resolveSibling("data")).with(Setting.SIMULATION, true).with(Setting.RECORDS, false)
                .with(Setting.SEGMENT_BYTES, 1L << 20));
        engine.advanceTo(nowMs);
        live = new LiveNetwork(engine, kept(), DAYS, () -> nowMs);
        live.follow(NetworkFiles.kept(kept()));
    }

    private Path kept() {
        return unfinished.resolveSibling("network.zip");
    }
}

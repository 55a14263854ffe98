package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.mawid.client.DoneReply;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetCooling;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.TariffComponent;
import org.mawid.grpc.ValidateLines;

/** The smallest network that can be booked, brought in by a client: a post, a desk, a service that is validated first and costs a stamp. */
public final class OnePost {
    public static final int POST = 1;
    public static final int DESK = 11;
    public static final int SERVICE = 21;
    /** Of a day. */
    public static final int UNITS = 96;
    /** Of a visit, and where one may start. */
    public static final int VISIT_UNITS = 3;
    /** The day after tomorrow: bookable at any hour at which a test runs. */
    public static final int FIRST_DAY = (int) (System.currentTimeMillis() / 86_400_000L) + 2;

    private OnePost() {
    }

    /** Everything but days. When it returns reads have it, and watches begin behind it. */
    public static void define(final MawidClient client) {
        done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(POST).setCode("paris").setCurrency("EUR")
                .setMinorDigits(2).setRoundToMinor(50)));
        done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESK).setPostId(POST).setKind(PoolKind.POOL_KIND_DESK)
                .setCode("paris/1")));
        done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(SERVICE).setCode("passport").setDurationMinutes(15)
                .setValidationRequired(true).setAppointmentRequired(true).setQuantityMax(4)));
        done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(DESK).setServiceId(SERVICE).setServes(true)));
        done(client, Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(SERVICE).setVersion(1)
                .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(50_000))));
        client.rules(done(client, Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(POST).setMicroMadPerUnit(10_800_000))));
    }

    /** Opens a day at once, eight hours from 08:00 UTC. @param day 0 = {@link #FIRST_DAY} @param capacity 0 to 255 @return position */
    public static long open(final MawidClient client, final int day, final int capacity) {
        return done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(DESK).setEpochDay(FIRST_DAY + day)
                .setStartMs((FIRST_DAY + day) * 86_400_000L + 8 * 3_600_000L).setUnitCount(UNITS).setAlignUnits(VISIT_UNITS)
                .addRuns(Run.newBuilder().setUnits(UNITS).setCapacity(capacity))));
    }

    /** A network with the same capacity on some days, 1 and more. Likewise. */
    public static void make(final MawidClient client, final int days, final int capacity) {
        define(client);
        long last = 0;
        for (int day = 0; day < days; day++) {
            last = open(client, day, capacity);
        }
        client.rules(last);
    }

    /** Changes how long a hold lives, ms, 30 000 and more, and no other rule of those that were in force when the network was {@link #define defined}. */
    public static void holdsLive(final MawidClient client, final long ms) {
        done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setHoldTtlMs(ms)));
    }

    /** What is given back is everybody's at once: for tests that are about something else. */
    public static void coolsNothing(final MawidClient client) {
        done(client, Command.newBuilder().setSetCooling(SetCooling.newBuilder().setServiceId(SERVICE)));
    }

    public static NewLine line(final long person) {
        return NewLine.newBuilder().setPersonKey(person).setServiceId(SERVICE).setQuantity(1).build();
    }

    public static Command submit(final long person) {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(POST).addLines(line(person))).build();
    }

    public static Command validate(final String application) {
        return Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(1)).build();
    }

    /** @param day 0 = {@link #FIRST_DAY} @param start 0 to 31: the visit's place in the day */
    public static Leg leg(final int day, final int start) {
        return Leg.newBuilder().setDeskId(DESK).setLines(1).setEpochDay(FIRST_DAY + day).setStartUnit(start * VISIT_UNITS).setUnits(VISIT_UNITS).build();
    }

    public static Command hold(final String application, final int day, final int start) {
        return Command.newBuilder().setHold(Hold.newBuilder().setApplication(application).addLegs(leg(day, start))).build();
    }

    /** Applications of persons {@code first}, {@code first + 1}..., each validated. */
    public static List<String> validated(final MawidClient client, final long first, final int count) {
        final List<String> applications = new ArrayList<>();
        final var batch = client.batch();
        for (int done = 0; done < count; done = applications.size()) {
            for (int i = done; i < count && i < done + 4_000; i++) {
                batch.add(submit(first + i));
            }
            final List<String> submitted = allDone(batch.send()).stream().map(CommandReply::getReference).toList();
            submitted.forEach(application -> batch.add(validate(application)));
            allDone(batch.send());
            applications.addAll(submitted);
        }
        return applications;
    }

    /** @return position @throws AssertionError with the command, when it is refused */
    public static long done(final MawidClient client, final Command.Builder command) {
        final DoneReply reply = client.perform(command.build());
        assertThat(reply).as("%s", command).isInstanceOf(DoneReply.Done.class);
        return ((DoneReply.Done) reply).position();
    }

    private static List<CommandReply> allDone(final List<CommandReply> replies) {
        assertThat(replies).allMatch(reply -> reply.getResult() == Result.OK);
        return replies;
    }
}

package org.mawid.engine.readmodel.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;

class RecordsStoryTest {
    private static final int SOME = 2_000;

    @TempDir
    private Path folder;

    /** Records of some traffic, closed in order. */
    private RecordsRig closedInOrder() {
        final RecordsRig rig = new RecordsRig(3, folder).open().start();
        rig.apply(SOME);
        rig.feedAll();
        rig.awaitCaughtUp();
        rig.close();
        assertThat(rig.mark()).exists();
        return rig;
    }

    private static void reopensAnew(final RecordsRig rig) {
        final int before = rig.questions.get();
        rig.open().start();
        rig.awaitCaughtUp();
        assertThat(rig.questions.get()).as("the core was asked").isGreaterThan(before);
        rig.assertSame("made anew");
        rig.close();
    }

    @Test
    void givenACleanStop_whenStartedAtItsPosition_thenTheFileIsUsedAsItIsAndEventsGoOn() {
        try (RecordsRig rig = closedInOrder()) {
            final int before = rig.questions.get() - rig.tickets;
            rig.open();
            rig.apply(50);
            rig.feed(25); // what comes while the file is being opened is not lost
            rig.start();
            rig.feedAll();
            rig.awaitCaughtUp();
            assertThat(rig.questions.get()).as("nothing was asked, but for the lines of tickets").isEqualTo(before + rig.tickets);
            assertThat(rig.mark()).as("while it is open").doesNotExist();
            rig.assertSame("as it was left, and more");
        }
    }

    @Test
    void givenACleanStop_whenTheCoreWentOnWithoutIt_thenItIsMadeAnew() {
        try (RecordsRig rig = closedInOrder()) {
            rig.apply(1);
            rig.feedNowhere();
            reopensAnew(rig);
        }
    }

    @Test
    void givenAKill_whenStarted_thenReadsAreBehindUntilItHasBeenMadeAnewAndCaughtUp() throws IOException {
        try (RecordsRig rig = closedInOrder()) {
            rig.open().start();
            rig.kill();
            rig.open();
            assertThatThrownBy(() -> rig.records.application(1)).isInstanceOf(ReadModelBehindException.class);
            assertThat(rig.records.position()).isZero();
            final int before = rig.questions.get();
            rig.start();
            rig.await(() -> rig.questions.get() > before + 1); // amid the slices
            assertThatThrownBy(() -> rig.records.application(1)).isInstanceOf(ReadModelBehindException.class);
            rig.apply(500);
            rig.feed(400);
            rig.await(() -> rig.records.shown() == null && rig.questions.get() > before + 3 || rig.records.shown() != null);
            rig.feedAll();
            rig.awaitCaughtUp();
            assertThat(rig.records.lag()).isZero();
            rig.assertSame("after a kill");
        }
    }

    @Test
    void givenTheFileOfAnotherJournal_orOfAnotherSize_thenItIsThrownAway() {
        try (RecordsRig rig = closedInOrder();
             RecordsRig other = new RecordsRig(3, folder, config -> RecordsRig.config(folder, "ffeeddccbbaa99887766554433221100", 100_000, 2_000_000))) {
            other.apply(SOME);
            other.feedNowhere();
            reopensAnew(other);
            reopensAnew(rig);
        }
        try (RecordsRig larger = new RecordsRig(3, folder, config -> RecordsRig.config(folder, RecordsRig.JOURNAL, 200_000, 2_000_000))) {
            larger.apply(SOME);
            larger.feedNowhere();
            reopensAnew(larger);
        }
    }

    @Test
    void givenADamagedFile_thenItIsThrownAway() throws IOException {
        try (RecordsRig rig = closedInOrder()) {
            try (RandomAccessFile file = new RandomAccessFile(rig.file().toFile(), "rw")) {
                file.setLength(file.length() - 4_096);
            }
            reopensAnew(rig);
            overwrite(rig.file(), 0, 4_096);
            reopensAnew(rig);
            Files.writeString(rig.mark(), Files.readString(rig.mark()).replaceFirst("position \\d", "position 1"));
            reopensAnew(rig);
            Files.delete(rig.file());
            reopensAnew(rig);
        }
    }

    private static void overwrite(final Path path, final long from, final int bytes) throws IOException {
        final byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(from);
            file.write(noise);
        }
    }

    @Test
    void givenADamagedValue_whenItIsRead_thenItIsNotAnsweredAndTheRecordsAreMadeAnew() throws IOException {
        try (RecordsRig rig = closedInOrder()) {
            final byte[] bytes = Files.readAllBytes(rig.file());
            for (int at = CleanMark.HEAD_BYTES; at + Entry.BLOCK < bytes.length; at++) {
                if (bytes[at + Entry.MESSAGE + 4] == (byte) 0x85 && bytes[at + Entry.MESSAGE + 5] == 0x1C && bytes[at + Entry.MESSAGE + 7] == 0) {
                    bytes[at + Entry.BLOCK + 9] ^= 1; // 0x1C85 is the id of the schema: a record's header
                }
            }
            Files.write(rig.file(), bytes);
            rig.open().start();
            final int before = rig.questions.get();
            rig.awaitCaughtUp();
            assertThat(rig.questions.get()).isEqualTo(before);
            assertThatThrownBy(() -> readAllApplications(rig)).isInstanceOf(ReadModelBehindException.class);
            rig.await(() -> rig.questions.get() > before);
            rig.awaitCaughtUp();
            readAllApplications(rig);
            rig.assertSame("made anew");
        }
    }

    private static void readAllApplications(final RecordsRig rig) {
        rig.traffic.core().dump(RecordKind.APPLICATIONS, 0, 1_000_000, (template, buffer, offset, length) -> {
            final long number = buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH);
            assertThat(rig.records.application(number).applicationId()).isEqualTo(number);
        });
    }

    @Test
    void givenRecordsThatCannotFollow_whenTheLagPassesItsLimit_thenAdmissionClosesAndOpensAgain() {
        try (RecordsRig rig = new RecordsRig(5, folder, config -> RecordsRig.config(folder, RecordsRig.JOURNAL, 100_000, 100))) {
            rig.apply(1_000);
            rig.feedNowhere();
            rig.open().start();
            rig.awaitQuestion();
            rig.apply(100);
            rig.feedAll();
            assertThat(rig.records.isTooFarBehind()).isTrue(); // everything since the beginning counts until the first slice is there
            rig.awaitCaughtUp();
            assertThat(rig.records.isTooFarBehind()).isFalse();
            assertThat(rig.records.lag()).isZero();
            rig.assertSame("caught up");
        }
    }

    @Test
    void givenMoreEventsThanTheQueueTakes_thenNothingWaitsAndTheRecordsAreMadeAnew() {
        try (RecordsRig rig = new RecordsRig(6, folder, config -> RecordsRig.config(folder, RecordsRig.JOURNAL, 100_000, 1))) {
            rig.open().start();
            rig.awaitQuestion();
            rig.apply(10_000);
            rig.feedAll(); // more than a mebibyte of events, and nobody takes any
            rig.awaitCaughtUp();
            rig.assertSame("after events were lost");
        }
    }

    @Test
    void givenRecordsThatWillNotOpen_whenWaitedFor_thenTheWaitEndsWhenThatIsKnown() {
        try (RecordsRig rig = new RecordsRig(3, folder, config -> RecordsRig.config(folder, RecordsRig.JOURNAL, 100, 10_000))) {
            rig.open();
            rig.apply(SOME);
            rig.feedAll();
            assertThat(rig.records.isOpening()).isTrue();
            assertThat(rig.records.awaitOpen(1)).isFalse();
            rig.start();
            rig.await(() -> rig.records.awaitOpen(1));
            assertThat(rig.records.isFull()).isTrue();
            assertThat(rig.records.isOpening()).isFalse();
        }
    }

    @Test
    void givenMoreRecordsThanAllowed_thenReadsSaySoAndNothingElseSuffers() {
        try (RecordsRig rig = new RecordsRig(3, folder, config -> RecordsRig.config(folder, RecordsRig.JOURNAL, 100, 10_000))) {
            rig.open().start();
            rig.awaitCaughtUp();
            rig.apply(SOME);
            rig.feedAll();
            rig.await(rig.records::isFull);
            assertThatThrownBy(() -> rig.records.application(1)).isInstanceOf(ReadModelBehindException.class).hasMessageContaining("more records");
            rig.apply(5_000);
            rig.feedAll();
            assertThat(rig.records.isTooFarBehind()).as("commands go on").isFalse();
            assertThat(rig.records.lag()).isPositive();
            rig.close();
            assertThat(rig.mark()).doesNotExist();
        }
        try (RecordsRig rig = new RecordsRig(3, folder)) {
            rig.apply(SOME);
            rig.feedNowhere();
            reopensAnew(rig);
        }
    }

    @Test
    void givenAPosition_whenItIsAwaited_thenWhatItMadeCanBeRead() {
        try (RecordsRig rig = new RecordsRig(3, folder).open().start()) {
            rig.apply(SOME);
            rig.feedAll();
            rig.awaitCaughtUp();
            final long position = rig.traffic.core().position();
            assertThat(rig.records.awaitPosition(position, 0)).isTrue();
            assertThat(rig.records.awaitPosition(position + 1, 1)).isFalse();
            final long[] last = new long[1];
            rig.traffic.core().dump(RecordKind.APPOINTMENTS, 0, 1_000_000, (template, buffer, offset, length) -> last[0] = buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH));
            final Records.Appointment appointment = rig.records.appointment(last[0]);
            assertThat(appointment.position()).isEqualTo(position);
            assertThat(rig.records.application(appointment.applicationId()).applicationId()).isEqualTo(appointment.applicationId());
            assertThat(rig.records.appointment(last[0] + 1_000_000)).isNull();
            assertThat(rig.records.stamp(1_000_000)).isNull();
            assertThat(rig.records.hold(1_000_000)).isNull();
        }
    }

    /** The application whose stamp gives its money away is there, and the one that takes it is missing as yet, or younger. */
    @Test
    void givenStampsThatTakeOverMoney_whenTheyDoSoWhileRecordsAreMadeAnew_thenTheOldPaymentHasThemNoMore() {
        try (RecordsRig rig = new RecordsRig(4, folder)) {
            rig.apply(3 * SOME);
            rig.feedNowhere();
            rig.open().start();
            rig.makeAnewAmid(SOME, 40);
            rig.awaitCaughtUp();
            rig.assertSame("made anew amid take-overs");
        }
    }

    @Test
    void givenPayments_whenTheyAreRead_thenTheySayWhatTheCoreSays_andWhatTheyPaidForNamesThem() {
        try (RecordsRig rig = new RecordsRig(1, folder).open().start()) {
            rig.apply(3 * SOME);
            rig.feedAll();
            rig.awaitCaughtUp();
            final List<Long> stamps = new ArrayList<>();
            rig.traffic.core().dump(RecordKind.PAYMENTS, 0, 1_000_000, (template, buffer, offset, length) -> {
                final PaymentRecordDecoder said = new PaymentRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                final Records.Payment read = rig.records.payment(said.paymentId());
                final List<Long> its = new ArrayList<>();
                said.stamps().forEach(stamp -> its.add(stamp.stampId()));
                assertThat(read).isEqualTo(new Records.Payment(said.paymentId(), said.applicationId(), said.postId(), said.means(), (int) said.terminalId(), said.state(),
                        said.amountMinor(), said.amountCentimes(), said.currency(), said.receivedMinor(), said.receivedCurrency(), said.transaction(),
                        said.authorisationCode(), said.scheme(), said.lastFour(), said.receipt(), said.batchId(), said.settled() == BooleanType.YES, said.origin(),
                        said.waitsForPerson() == BooleanType.YES, said.reasonCode(), said.collector(), said.epochDay(), said.startedMs(), said.changedMs(), its,
                        read.position()));
                its.forEach(stamp -> assertThat(rig.records.stamp(stamp).paymentId()).isEqualTo(said.paymentId()));
                stamps.addAll(its);
            });
            assertThat(stamps).isNotEmpty();
            assertThat(rig.records.payment(1_000_000)).isNull();
        }
    }
}

package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.sbe.Result;

/** Whatever is taken the short way is byte for byte what comes out of the message; what is written as usual is taken. */
class UsualCommandsTest {
    private static final long SEED = Long.getLong("seed", 31_415L);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final References references = References.of(1, new byte[32]);
    private final ManyReferences shortWay = new ManyReferences(references);
    private final ManyReferences longWay = new ManyReferences(references);
    private final UsualCommands usual = new UsualCommands(shortWay);
    private final CommandMapping mapping = new CommandMapping();
    private final Draft draft = new Draft(references);
    private final UnsafeBuffer taken = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * CommandSource.MAX_BYTES));
    private final UnsafeBuffer mapped = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * CommandSource.MAX_BYTES));

    @Test
    void givenUsualCommands_whenEncoded_thenTakenAndAsTheMessageIs() throws InvalidProtocolBufferException {
        for (int i = 0; i < 50_000; i++) {
            final byte[] bytes = command(false).toByteArray();
            assertThat(isTakenAsMapped(bytes)).as("%s, seed %s", Command.parseFrom(bytes), SEED).isTrue();
        }
    }

    @Test
    void givenAnyValues_whenEncoded_thenWhatIsTakenIsAsTheMessageIs() throws InvalidProtocolBufferException {
        for (int i = 0; i < 50_000; i++) {
            isTakenAsMapped(command(true).toByteArray());
        }
    }

    @Test
    void givenBytesOfAnotherOrder_whenEncoded_thenWhatIsTakenIsAsTheMessageIs() throws InvalidProtocolBufferException {
        int intact = 0;
        for (int i = 0; i < 200_000; i++) {
            final byte[] bytes = command(random.nextInt(4) == 0).toByteArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                final int at = random.nextInt(bytes.length);
                switch (random.nextInt(3)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    default -> {
                        final int from = random.nextInt(bytes.length);
                        System.arraycopy(bytes, from, bytes, at, Math.min(random.nextInt(12), bytes.length - Math.max(at, from)));
                    }
                }
            }
            intact += isTakenAsMapped(bytes) ? 1 : 0;
        }
        assertThat(intact).isPositive();
    }

    /** @return false when it was not taken */
    private boolean isTakenAsMapped(final byte[] bytes) throws InvalidProtocolBufferException {
        final int before = random.nextInt(5);
        final byte[] message = new byte[before + bytes.length + 3];
        System.arraycopy(bytes, 0, message, before, bytes.length);
        taken.setMemory(0, taken.capacity(), (byte) 0xA5);
        mapped.setMemory(0, mapped.capacity(), (byte) 0x5A);
        shortWay.clear();
        longWay.clear();
        usual.wrap(message);
        final int length;
        try {
            length = usual.encode(before, before + bytes.length, taken, 8);
        } catch (final IndexOutOfBoundsException e) {
            throw new AssertionError("seed " + SEED, e);
        }
        if (length == 0) {
            return false;
        }
        final Command command = Command.parseFrom(bytes);
        final int expected = mapping.encode(draft.begin(mapped, 8, longWay), command);
        assertThat(draft.problem()).as("%s, seed %s", command, SEED).isEqualTo(Result.OK);
        assertThat(length).isEqualTo(expected);
        assertThat(usual.template().id()).isEqualTo(command.getCommandCase().getNumber());
        assertThat(usual.place()).isEqualTo(draft.place());
        for (int i = 8; i < 8 + length; i++) {
            assertThat(taken.getByte(i)).as("byte %s of %s, seed %s", i - 8, command, SEED).isEqualTo(mapped.getByte(i));
        }
        return true;
    }

    private Command command(final boolean anything) {
        final Command.Builder command = Command.newBuilder().setTag(random.nextInt(3) == 0 ? 0 : anything ? random.nextLong() : random.nextInt(5_000));
        switch (random.nextInt(5)) {
            case 0 -> {
                final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setRequest(request(anything)).setApplicant(random.nextLong())
                        .setPostId(number(anything, 4_096));
                for (int i = random.nextInt(anything ? 19 : 16); i >= 0; i--) {
                    submit.addLines(NewLine.newBuilder().setPersonKey(random.nextLong()).setServiceId(number(anything, 129))
                            .setRegisteredPostId(number(anything, 4_096)).setQuantity(number(anything, 256)).setAgeBandValue(number(anything, 3))
                            .setPriorityValue(number(anything, 5)).setRepresentative(random.nextBoolean()));
                }
                command.setSubmitApplication(submit);
            }
            case 1 -> command.setValidateLines(ValidateLines.newBuilder().setRequest(request(anything))
                    .setApplication(reference(ReferenceKind.APPLICATION, anything)).setLines(number(anything, 65_536)));
            case 2 -> {
                final Hold.Builder hold = Hold.newBuilder().setRequest(request(anything)).setApplication(reference(ReferenceKind.APPLICATION, anything))
                        .setIssueStamps(random.nextBoolean());
                for (int i = random.nextInt(anything ? 19 : 16); i >= 0; i--) {
                    hold.addLegs(Leg.newBuilder().setDeskId(number(anything, 65_001)).setLines(number(anything, 65_536))
                            .setEpochDay(number(anything, 30_000)).setStartUnit(number(anything, 192)).setUnits(number(anything, 193)));
                }
                command.setHold(hold);
            }
            case 3 -> command.setConfirm(Confirm.newBuilder().setRequest(request(anything)).setHold(reference(ReferenceKind.HOLD, anything))
                    .setIssueStamps(random.nextBoolean()));
            default -> command.setCancel(Cancel.newBuilder().setRequest(request(anything)).setAppointment(reference(ReferenceKind.APPOINTMENT, anything)));
        }
        return command.build();
    }

    private Request request(final boolean anything) {
        return Request.newBuilder().setIdHigh(anything && random.nextInt(20) == 0 ? 0 : random.nextLong())
                .setIdLow(anything && random.nextBoolean() ? 0 : random.nextLong())
                .setCreatedMs(anything && random.nextInt(20) == 0 ? random.nextLong() : random.nextLong(1L << 42))
                .setDeadlineMs(random.nextBoolean() ? 0 : anything ? random.nextLong() : random.nextLong(1L << 42))
                .setActor(random.nextLong()).setOnBehalfOf(random.nextBoolean() ? 0 : random.nextLong()).setChannelValue(number(anything, 5))
                .setClientId(random.nextInt(anything ? Integer.MAX_VALUE : 3)).setSequence(random.nextInt(3)).build();
    }

    private int number(final boolean anything, final int bound) {
        return anything && random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(bound);
    }

    private String reference(final ReferenceKind kind, final boolean anything) {
        final String text = references.text(kind, 1 + random.nextLong(1L << 39));
        return switch (anything ? random.nextInt(12) : 11) {
            case 0 -> "";
            case 1 -> text.substring(1);
            case 2 -> "é" + text;
            case 3 -> text.toLowerCase(Locale.ROOT).replace("-", " ");
            default -> text;
        };
    }
}

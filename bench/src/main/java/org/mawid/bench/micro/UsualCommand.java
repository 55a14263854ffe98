package org.mawid.bench.micro;

import java.util.Arrays;
import java.util.Locale;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** The commands of an appointment's life, each as a message of gRPC and as SBE. What they name is given by number. */
enum UsualCommand {
    SUBMIT(CommandTemplate.SUBMIT_APPLICATION), VALIDATE(CommandTemplate.VALIDATE_LINES), HOLD(CommandTemplate.HOLD), CONFIRM(CommandTemplate.CONFIRM),
    CANCEL(CommandTemplate.CANCEL);

    private static final long PERSON = 0x1234_5678_9ABC_DEF0L;

    private final CommandTemplate template;

    UsualCommand(final CommandTemplate template) {
        this.template = template;
    }

    /** @param word as people type it */
    static UsualCommand of(final String word) {
        return Arrays.stream(values()).filter(command -> command.name().equals(word.toUpperCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("command must be submit, validate, hold, confirm or cancel, not " + word));
    }

    CommandTemplate template() {
        return template;
    }

    /** @param number of the application, hold or appointment that it names */
    Command message(final References references, final long number) {
        final Request request = Request.newBuilder().setIdHigh(1).setIdLow(number).setCreatedMs(ModelNetwork.START_MS).setActor(1).build();
        final Command.Builder made = Command.newBuilder().setTag(1);
        return switch (this) {
            case SUBMIT -> made.setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setApplicant(PERSON).addLines(NewLine.newBuilder()
                    .setPersonKey(PERSON).setServiceId(1).setQuantity(1).setAgeBand(AgeBand.AGE_BAND_ADULT))).build();
            case VALIDATE -> made.setValidateLines(ValidateLines.newBuilder().setRequest(request)
                    .setApplication(references.text(ReferenceKind.APPLICATION, number)).setLines(1)).build();
            case HOLD -> made.setHold(Hold.newBuilder().setRequest(request).setApplication(references.text(ReferenceKind.APPLICATION, number)).setIssueStamps(true)
                    .addLegs(Leg.newBuilder().setDeskId(1).setLines(1).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(3).setUnits(2))).build();
            case CONFIRM -> made.setConfirm(Confirm.newBuilder().setRequest(request).setHold(references.text(ReferenceKind.HOLD, number))).build();
            case CANCEL -> made.setCancel(Cancel.newBuilder().setRequest(request).setAppointment(references.text(ReferenceKind.APPOINTMENT, number))).build();
        };
    }

    /** @param number or reference of what it names @return bytes written */
    int write(final Commands commands, final MutableDirectBuffer to, final int at, final long number) {
        return switch (this) {
            case SUBMIT -> commands.submit(to, at, ModelNetwork.START_MS, PERSON, 1);
            case VALIDATE -> commands.validate(to, at, ModelNetwork.START_MS, number);
            case HOLD -> commands.hold(to, at, ModelNetwork.START_MS, number, 1, ModelNetwork.FIRST_DAY, 3, 2, true);
            case CONFIRM -> commands.confirm(to, at, ModelNetwork.START_MS, number);
            case CANCEL -> commands.cancel(to, at, ModelNetwork.START_MS, number);
        };
    }
}

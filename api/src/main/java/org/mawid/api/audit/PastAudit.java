package org.mawid.api.audit;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.WaiterRecordDecoder;

/**
 * What was done, and what each command was answered then, from a directory that nobody serves: the log is applied once more, so that neither the age of a request nor an application that has left memory hides anything. To what
 * something belonged is as it was at that position. One thread.
 */
public final class PastAudit {
    /** Told of each that was asked for, in order. */
    @FunctionalInterface
    public interface Found {
        /** @param application for which it was, or that it opened; 0 = none, or one that was not there */
        void onEntry(Entry entry, long application);
    }

    private PastAudit() {
    }

    /**
     * @param question of which {@code limit} says nothing: all is told
     * @param owner    who looks at it, for whoever wants it meanwhile
     * @throws org.mawid.engine.upkeep.UpkeepException in one line, when it cannot be read, or not to its end: what was told before stands
     */
    public static Retelling.Told find(final DataDirectory directory, final Question question, final String owner, final Found found, final Inspection.Progress progress) {
        return Retelling.ofAnswers(directory, owner, new Asking(question, found), progress);
    }

    private static final class Asking implements Retelling.Answers {
        private final Question question;
        private final Found found;
        private EngineCore core;
        /** Null = what was told last was not asked for. */
        private LoggedCommand logged;
        private Opening opening;
        private long application;
        private boolean isTheirs;

        Asking(final Question question, final Found found) {
            this.question = question;
            this.found = found;
        }

        @Override
        public void begin(final EngineCore beginning) {
            core = beginning;
        }

        @Override
        public void onCommand(final long position, final long nowMs, final DirectBuffer command, final int offset, final int length) {
            logged = position <= question.after() || nowMs < question.fromMs() || nowMs >= question.toMs() ? null : LoggedCommand.of(position, nowMs, command, offset, length);
            if (logged != null && !question.isBy(logged)) {
                logged = null;
            }
            if (logged != null) {
                opening = logged.command() == null ? null : Opening.of(logged.command());
                application = logged.targets().stream().mapToLong(target -> applicationOf(core, target)).filter(number -> number != 0).findFirst().orElse(0);
                isTheirs = question.person() == 0 || isOf(question.person());
            }
        }

        private boolean isOf(final long person) {
            return logged.actor() == person || logged.onBehalfOf() == person || logged.targets().contains(new Target(ObjectKind.PERSON, person)) || opening != null && opening.names(person)
                    || persons(core, application).contains(person);
        }

        @Override
        public void onAnswer(final Outcome outcome) {
            if (logged == null) {
                return;
            }
            final long about = opening != null && outcome.isDone() ? opened(outcome.number1()) : application;
            if (isTheirs && (question.application() == 0 || question.application() == about)) {
                found.onEntry(logged.isAccess() ? logged.entry() : logged.entry().answered(outcome.result(), outcome.repeated()), about);
            }
        }

        /** @param number of the answer: an application, or the visit of somebody who walked in */
        private long opened(final long number) {
            return logged.operation() == SubmitApplicationDecoder.TEMPLATE_ID ? number : applicationOf(core, new Target(ObjectKind.APPOINTMENT, number));
        }
    }

    // ---- what the core has

    private static long applicationOf(final EngineCore core, final Target target) {
        return switch (target.kind()) {
            case APPLICATION -> target.number();
            case HOLD -> number(core, RecordKind.HOLDS, target.number(), HoldRecordDecoder.holdIdEncodingOffset(), HoldRecordDecoder.applicationIdEncodingOffset());
            case APPOINTMENT -> number(core, RecordKind.APPOINTMENTS, target.number(), AppointmentRecordDecoder.appointmentIdEncodingOffset(), AppointmentRecordDecoder.applicationIdEncodingOffset());
            case STAMP -> number(core, RecordKind.STAMPS, target.number(), StampRecordDecoder.stampIdEncodingOffset(), StampRecordDecoder.applicationIdEncodingOffset());
            case PAYMENT -> number(core, RecordKind.PAYMENTS, target.number(), PaymentRecordDecoder.paymentIdEncodingOffset(), PaymentRecordDecoder.applicationIdEncodingOffset());
            case WAITER -> number(core, RecordKind.WAITERS, target.number(), WaiterRecordDecoder.waiterIdEncodingOffset(), WaiterRecordDecoder.applicationIdEncodingOffset());
            default -> 0;
        };
    }

    /** A number that a record has, 0 = there is no such record. @param key offset of the record's own number @param field offset of the one that is wanted */
    private static long number(final EngineCore core, final RecordKind kind, final long number, final int key, final int field) {
        final long[] found = new long[1];
        if (number > 0) {
            core.dump(kind, number, 1, (template, buffer, offset, length) -> {
                if (word(buffer, offset, key) == number) {
                    found[0] = word(buffer, offset, field);
                }
            });
        }
        return found[0];
    }

    private static long word(final DirectBuffer record, final int offset, final int field) {
        return record.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + field, ByteOrder.LITTLE_ENDIAN);
    }

    /** Who submitted it, and whom its lines serve. */
    private static List<Long> persons(final EngineCore core, final long application) {
        final List<Long> keys = new ArrayList<>();
        if (application > 0) {
            core.dump(RecordKind.APPLICATIONS, application, 1, (template, buffer, offset, length) -> {
                final ApplicationRecordDecoder record = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                if (record.applicationId() == application) {
                    keys.add(record.applicant());
                    record.lines().forEach(line -> keys.add(line.personKey()));
                }
            });
        }
        return keys;
    }
}

package org.mawid.api.treasury.engine;

import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.treasury.port.RequestId;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.BreakType;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.PaymentState;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.RecordRefund;
import org.mawid.grpc.RecordReturnSettlement;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.Request;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.TariffComponent;

/** From what the adapter tells to the commands that every edge sends. Any thread. */
final class CoreCommands {
    private final References references;

    CoreCommands(final References references) {
        this.references = references;
    }

    /** @param id under which it is told @param nowMs when, log time @return null when the core has no such command */
    Command of(final TreasuryCommand command, final RequestId id, final long nowMs) {
        final Request request = Request.newBuilder().setIdHigh(id.high()).setIdLow(id.low()).setCreatedMs(nowMs).setChannel(Channel.CHANNEL_SYSTEM).build();
        final Command.Builder builder = Command.newBuilder();
        if (command instanceof TreasuryCommand.RecordApproval approval) {
            builder.setRecordApproval(RecordApproval.newBuilder().setRequest(request).setPayment(reference(approval.payment())).setAmountMinor(approval.amount().minor())
                    .setCurrency(approval.amount().currency()).setTransaction(Words.transaction(approval.order())).setAuthorisationCode(Words.authorisation(approval.authorisation())));
        } else if (command instanceof TreasuryCommand.RecordFailure failure) {
            builder.setRecordFailure(RecordFailure.newBuilder().setRequest(request).setPayment(reference(failure.payment())).setReasonCode(failure.failure().ordinal() + 1)
                    .setOutcome(PaymentState.valueOf("PAYMENT_STATE_" + States.of(failure).name())));
        } else if (command instanceof TreasuryCommand.MarkInDoubt doubt) {
            builder.setMarkInDoubt(MarkInDoubt.newBuilder().setRequest(request).setPayment(reference(doubt.payment())));
        } else if (command instanceof TreasuryCommand.AskPerson person) {
            builder.setAskPerson(AskPerson.newBuilder().setRequest(request).setPayment(reference(person.payment())).setReasonCode(person.doubt().ordinal() + 1));
        } else if (command instanceof TreasuryCommand.OpenBreak found) {
            builder.setOpenBreak(found(found, request));
        } else if (command instanceof TreasuryCommand.RecordRefund refund) {
            builder.setRecordRefund(RecordRefund.newBuilder().setRequest(request).setStamp(references.text(ReferenceKind.STAMP, refund.stamp())).setAmountMinor(refund.amount().minor())
                    .setCurrency(refund.amount().currency()).setTransaction(Words.transaction(refund.refund())));
        } else if (command instanceof TreasuryCommand.SetTariff tariff) {
            final SetTariff.Builder message = SetTariff.newBuilder().setRequest(request).setServiceId(tariff.service()).setVersion((int) tariff.version()).setValidFromMs(tariff.validFromMs());
            tariff.components().forEach(part -> message.addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.valueOf("BENEFICIARY_" + part.component()))
                    .setAmountCentimes(part.centimes())));
            builder.setSetTariff(message);
        } else if (command instanceof TreasuryCommand.RecordReturnSettlement back) {
            builder.setRecordReturnSettlement(RecordReturnSettlement.newBuilder().setRequest(request).setReturnId(back.number()).setGrossMinor(back.grossMinor())
                    .setCommissionMinor(back.commissionMinor()).setCurrency(back.currency()).setValueDay(back.valueDay()).setEntryHash(back.line()));
        } else if (command instanceof TreasuryCommand.RecordSettlement settlement) {
            return settlement(settlement, request, builder);
        }
        return builder.build();
    }

    /** Refunds are paid stamp by stamp, by who has given the money back: a statement's line does not end one. */
    private Command settlement(final TreasuryCommand.RecordSettlement settlement, final Request request, final Command.Builder builder) {
        final RecordSettlement.Builder message = RecordSettlement.newBuilder().setRequest(request).setGrossMinor(settlement.grossMinor()).setCommissionMinor(settlement.commissionMinor())
                .setCurrency(settlement.currency()).setValueDay(settlement.valueDay()).setEntryHash(settlement.line());
        switch (settlement.subject()) {
            case PAYMENT -> message.setPayment(reference(settlement.number()));
            case BATCH -> message.setBatch(references.text(ReferenceKind.BATCH, settlement.number()));
            case REFUND, RETURN -> {
                return null;
            }
        }
        return builder.setRecordSettlement(message).build();
    }

    private OpenBreak.Builder found(final TreasuryCommand.OpenBreak found, final Request request) {
        final TreasuryCommand.About about = found.about();
        return OpenBreak.newBuilder().setRequest(request).setKey(found.key()).setBreakType(BreakType.valueOf("BREAK_TYPE_" + found.type().name())).setPostId(about.postId())
                .setCurrency(about.currency().isEmpty() ? Draft.NO_CURRENCY : about.currency()).setOurMinor(about.ourMinor()).setTheirMinor(about.theirMinor())
                .setPayment(reference(about.payment())).setBatch(references.text(ReferenceKind.BATCH, about.batch())).setDetailHash(Words.hash(found.details()));
    }

    private String reference(final long payment) {
        return references.text(ReferenceKind.PAYMENT, payment);
    }

    /** Of which payment it changes the state, 0 = of none. */
    static long payment(final TreasuryCommand command) {
        if (command instanceof TreasuryCommand.RecordApproval approval) {
            return approval.payment();
        } else if (command instanceof TreasuryCommand.RecordFailure failure) {
            return failure.payment();
        } else if (command instanceof TreasuryCommand.MarkInDoubt doubt) {
            return doubt.payment();
        }
        return command instanceof TreasuryCommand.AskPerson person ? person.payment() : 0;
    }

    /** What a settlement is of; otherwise a payment. */
    static TreasuryCommand.Subject subject(final TreasuryCommand command) {
        return command instanceof TreasuryCommand.RecordSettlement settlement ? settlement.subject() : TreasuryCommand.Subject.PAYMENT;
    }
}

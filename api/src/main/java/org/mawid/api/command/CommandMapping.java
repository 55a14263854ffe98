package org.mawid.api.command;

import org.mawid.api.application.ApplicationMapping;
import org.mawid.api.appointment.AppointmentMapping;
import org.mawid.api.catalogue.CatalogueMapping;
import org.mawid.api.closure.ClosureMapping;
import org.mawid.api.gateway.Draft;
import org.mawid.api.hall.HallMapping;
import org.mawid.api.inventory.InventoryMapping;
import org.mawid.api.ledger.LedgerMapping;
import org.mawid.api.payment.PaymentMapping;
import org.mawid.api.stamp.StampMapping;
import org.mawid.api.waitlist.WaitlistMapping;
import org.mawid.grpc.Command;
import org.mawid.sbe.Result;

/** From any command message to the command of the log. One thread at a time. */
public final class CommandMapping {
    private final CatalogueMapping catalogue = new CatalogueMapping();
    private final InventoryMapping inventory = new InventoryMapping();
    private final ApplicationMapping application = new ApplicationMapping();
    private final AppointmentMapping appointment = new AppointmentMapping();
    private final StampMapping stamp = new StampMapping();
    private final PaymentMapping payment = new PaymentMapping();
    private final LedgerMapping ledger = new LedgerMapping();
    private final ClosureMapping closure = new ClosureMapping();
    private final HallMapping hall = new HallMapping();
    private final WaitlistMapping waitlist = new WaitlistMapping();

    /** @return what {@link Draft#end} gives; the field's number in the oneof is the template id */
    public int encode(final Draft draft, final Command command) {
        return switch (command.getCommandCase()) {
            case SET_RULES -> catalogue.setRules(draft, command.getSetRules());
            case DEFINE_POST -> catalogue.definePost(draft, command.getDefinePost());
            case DEFINE_POOL -> catalogue.definePool(draft, command.getDefinePool());
            case DEFINE_SERVICE -> catalogue.defineService(draft, command.getDefineService());
            case SET_DESK_SERVICE -> catalogue.setDeskService(draft, command.getSetDeskService());
            case SET_TARIFF -> catalogue.setTariff(draft, command.getSetTariff());
            case SET_FEE_TIME -> catalogue.setFeeTime(draft, command.getSetFeeTime());
            case SET_SERVICE_DOCUMENTS -> catalogue.setServiceDocuments(draft, command.getSetServiceDocuments());
            case SET_RATE -> catalogue.setRate(draft, command.getSetRate());
            case PUBLISH_DAY -> inventory.publishDay(draft, command.getPublishDay());
            case SET_CAPACITY -> inventory.setCapacity(draft, command.getSetCapacity());
            case BEGIN_CHANGE -> inventory.beginChange(draft, command.getBeginChange());
            case ADD_TO_CHANGE -> inventory.addToChange(draft, command.getAddToChange());
            case APPLY_CHANGE -> inventory.applyChange(draft, command.getApplyChange());
            case ABANDON_CHANGE -> inventory.abandonChange(draft, command.getAbandonChange());
            case CLOSE_DAYS -> closure.closeDays(draft, command.getCloseDays());
            case REOPEN_DAYS -> closure.reopenDays(draft, command.getReopenDays());
            case SET_OFFER_RULES -> closure.setOfferRules(draft, command.getSetOfferRules());
            case SET_HALL_RULES -> hall.setHallRules(draft, command.getSetHallRules());
            case JOIN_WAITLIST -> waitlist.joinWaitlist(draft, command.getJoinWaitlist());
            case LEAVE_WAITLIST -> waitlist.leaveWaitlist(draft, command.getLeaveWaitlist());
            case SET_WAITLIST_RULES -> waitlist.setWaitlistRules(draft, command.getSetWaitlistRules());
            case END_COOLING_AT -> waitlist.endCoolingAt(draft, command.getEndCoolingAt());
            case SET_COOLING -> waitlist.setCooling(draft, command.getSetCooling());
            case COMMIT_COOLING_SECRET -> waitlist.commitCoolingSecret(draft, command.getCommitCoolingSecret());
            case REVEAL_COOLING_SECRET -> waitlist.revealCoolingSecret(draft, command.getRevealCoolingSecret());
            case SUBMIT_APPLICATION -> application.submitApplication(draft, command.getSubmitApplication());
            case VALIDATE_LINES -> application.validateLines(draft, command.getValidateLines());
            case REJECT_LINES -> application.rejectLines(draft, command.getRejectLines());
            case WITHDRAW_LINES -> application.withdrawLines(draft, command.getWithdrawLines());
            case ACCEPT_POSTS -> application.acceptPosts(draft, command.getAcceptPosts());
            case SEND_MESSAGE -> application.sendMessage(draft, command.getSendMessage());
            case RECORD_DOCUMENT -> application.recordDocument(draft, command.getRecordDocument());
            case ASK_FOR_DOCUMENTS -> application.askForDocuments(draft, command.getAskForDocuments());
            case RESUBMIT_LINES -> application.resubmitLines(draft, command.getResubmitLines());
            case ASSIGN_APPLICATION -> application.assignApplication(draft, command.getAssignApplication());
            case HOLD -> appointment.hold(draft, command.getHold());
            case CONFIRM -> appointment.confirm(draft, command.getConfirm());
            case RELEASE -> appointment.release(draft, command.getRelease());
            case RESCHEDULE -> appointment.reschedule(draft, command.getReschedule());
            case CONFIRM_ATTENDANCE -> appointment.confirmAttendance(draft, command.getConfirmAttendance());
            case CANCEL -> appointment.cancel(draft, command.getCancel());
            case CHECK_IN -> appointment.checkIn(draft, command.getCheckIn());
            case CALL -> appointment.call(draft, command.getCall());
            case SERVE -> appointment.serve(draft, command.getServe());
            case MARK_NO_SHOW -> appointment.markNoShow(draft, command.getMarkNoShow());
            case WALK_IN -> appointment.walkIn(draft, command.getWalkIn());
            case CHOOSE_ANOTHER -> appointment.chooseAnother(draft, command.getChooseAnother());
            case RECORD_VISIT -> appointment.recordVisit(draft, command.getRecordVisit());
            case RECORD_WALK_IN -> appointment.recordWalkIn(draft, command.getRecordWalkIn());
            case RECORD_CONSUMPTION -> stamp.recordConsumption(draft, command.getRecordConsumption());
            case CALL_NEXT -> hall.callNext(draft, command.getCallNext());
            case RECALL -> hall.recall(draft, command.getRecall());
            case PARK -> hall.park(draft, command.getPark());
            case UNPARK -> hall.unpark(draft, command.getUnpark());
            case TRANSFER_TICKET -> hall.transferTicket(draft, command.getTransferTicket());
            case TAKE_TICKET -> hall.takeTicket(draft, command.getTakeTicket());
            case END_TICKET -> hall.endTicket(draft, command.getEndTicket());
            case ISSUE_STAMPS -> stamp.issueStamps(draft, command.getIssueStamps());
            case VOID_STAMP -> stamp.voidStamp(draft, command.getVoidStamp());
            case START_PAYMENT -> payment.startPayment(draft, command.getStartPayment());
            case RECORD_COUNTER_RECEIPT -> payment.recordCounterReceipt(draft, command.getRecordCounterReceipt());
            case RECORD_APPROVAL -> payment.recordApproval(draft, command.getRecordApproval());
            case RECORD_FAILURE -> payment.recordFailure(draft, command.getRecordFailure());
            case MARK_IN_DOUBT -> payment.markInDoubt(draft, command.getMarkInDoubt());
            case ASK_PERSON -> payment.askPerson(draft, command.getAskPerson());
            case RECORD_CHARGE_BACK -> payment.recordChargeBack(draft, command.getRecordChargeBack());
            case ALLOCATE_PAYMENT -> payment.allocatePayment(draft, command.getAllocatePayment());
            case CONSUME_STAMP -> stamp.consumeStamp(draft, command.getConsumeStamp());
            case REUSE_STAMP -> stamp.reuseStamp(draft, command.getReuseStamp());
            case PROPOSE -> stamp.propose(draft, command.getPropose());
            case DECIDE -> stamp.decide(draft, command.getDecide());
            case RECORD_REFUND -> stamp.recordRefund(draft, command.getRecordRefund());
            case DEFINE_TERMINAL -> ledger.defineTerminal(draft, command.getDefineTerminal());
            case CLOSE_BATCH -> ledger.closeBatch(draft, command.getCloseBatch());
            case RECORD_SETTLEMENT -> ledger.recordSettlement(draft, command.getRecordSettlement());
            case RECORD_RETURN_SETTLEMENT -> ledger.recordReturnSettlement(draft, command.getRecordReturnSettlement());
            case OPEN_BREAK -> ledger.openBreak(draft, command.getOpenBreak());
            case ASSIGN_BREAK -> ledger.assignBreak(draft, command.getAssignBreak());
            case RESOLVE_BREAK -> ledger.resolveBreak(draft, command.getResolveBreak());
            case SET_STAMP_RULES -> ledger.setStampRules(draft, command.getSetStampRules());
            case COMMAND_NOT_SET -> {
                draft.refuse(Result.MALFORMED);
                yield 0;
            }
        };
    }
}

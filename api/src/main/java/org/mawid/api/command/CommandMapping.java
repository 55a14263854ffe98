package org.mawid.api.command;

import org.mawid.api.application.ApplicationMapping;
import org.mawid.api.appointment.AppointmentMapping;
import org.mawid.api.catalogue.CatalogueMapping;
import org.mawid.api.gateway.Draft;
import org.mawid.api.inventory.InventoryMapping;
import org.mawid.api.stamp.StampMapping;
import org.mawid.grpc.Command;
import org.mawid.sbe.Result;

/** From any command message to the command of the log. One thread at a time. */
public final class CommandMapping {
    private final CatalogueMapping catalogue = new CatalogueMapping();
    private final InventoryMapping inventory = new InventoryMapping();
    private final ApplicationMapping application = new ApplicationMapping();
    private final AppointmentMapping appointment = new AppointmentMapping();
    private final StampMapping stamp = new StampMapping();

    /** @return what {@link Draft#end} gives; the field's number in the oneof is the template id */
    public int encode(final Draft draft, final Command command) {
        return switch (command.getCommandCase()) {
            case SET_RULES -> catalogue.setRules(draft, command.getSetRules());
            case DEFINE_POST -> catalogue.definePost(draft, command.getDefinePost());
            case DEFINE_POOL -> catalogue.definePool(draft, command.getDefinePool());
            case DEFINE_SERVICE -> catalogue.defineService(draft, command.getDefineService());
            case SET_DESK_SERVICE -> catalogue.setDeskService(draft, command.getSetDeskService());
            case SET_TARIFF -> catalogue.setTariff(draft, command.getSetTariff());
            case SET_RATE -> catalogue.setRate(draft, command.getSetRate());
            case PUBLISH_DAY -> inventory.publishDay(draft, command.getPublishDay());
            case SET_CAPACITY -> inventory.setCapacity(draft, command.getSetCapacity());
            case BEGIN_CHANGE -> inventory.beginChange(draft, command.getBeginChange());
            case ADD_TO_CHANGE -> inventory.addToChange(draft, command.getAddToChange());
            case APPLY_CHANGE -> inventory.applyChange(draft, command.getApplyChange());
            case ABANDON_CHANGE -> inventory.abandonChange(draft, command.getAbandonChange());
            case SUBMIT_APPLICATION -> application.submitApplication(draft, command.getSubmitApplication());
            case VALIDATE_LINES -> application.validateLines(draft, command.getValidateLines());
            case REJECT_LINES -> application.rejectLines(draft, command.getRejectLines());
            case WITHDRAW_LINES -> application.withdrawLines(draft, command.getWithdrawLines());
            case HOLD -> appointment.hold(draft, command.getHold());
            case CONFIRM -> appointment.confirm(draft, command.getConfirm());
            case RELEASE -> appointment.release(draft, command.getRelease());
            case RESCHEDULE -> appointment.reschedule(draft, command.getReschedule());
            case CANCEL -> appointment.cancel(draft, command.getCancel());
            case CHECK_IN -> appointment.checkIn(draft, command.getCheckIn());
            case CALL -> appointment.call(draft, command.getCall());
            case SERVE -> appointment.serve(draft, command.getServe());
            case MARK_NO_SHOW -> appointment.markNoShow(draft, command.getMarkNoShow());
            case WALK_IN -> appointment.walkIn(draft, command.getWalkIn());
            case ISSUE_STAMPS -> stamp.issueStamps(draft, command.getIssueStamps());
            case VOID_STAMP -> stamp.voidStamp(draft, command.getVoidStamp());
            case COMMAND_NOT_SET -> {
                draft.refuse(Result.MALFORMED);
                yield 0;
            }
        };
    }
}

package org.mawid.api.http;

import static org.mawid.api.http.Commands.doing;
import static org.mawid.api.http.Commands.making;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mawid.api.application.UnsealedText;
import org.mawid.sbe.Result;

/** Which operation of the contract is answered by what: the table of contents. */
final class Routes {
    private final Map<String, Consumer<Call>> handlers = new HashMap<>();

    Routes(final AvailabilityRoutes availability, final EventRoutes events, final Future<MetricsText> metrics) {
        catalogue();
        applications();
        appointments();
        stamps();
        payments();
        ledger();
        inventory();
        closures();
        schedules();
        halls(events);

        on("firstStarts", call -> availability.handle(call, false));
        on("countStarts", call -> availability.handle(call, true));
        on("explain", ExplainRoutes::explain);
        on("listAudit", AuditRoutes::list);
        on("getOutcome", OutcomeRoutes::outcome);
        on("watch", events::watch);
        on("getContract", OperationRoutes::contract);
        on("live", OperationRoutes::live);
        on("ready", OperationRoutes::ready);
        on("metrics", call -> OperationRoutes.metrics(call, metrics));
    }

    /** Null when the operation has none. */
    Consumer<Call> handler(final String operationId) {
        return handlers.get(operationId);
    }

    int size() {
        return handlers.size();
    }

    private void catalogue() {
        memory("listPosts", Result.POST_UNKNOWN, CatalogueRoutes::posts);
        memory("getPost", Result.POST_UNKNOWN, CatalogueRoutes::post);
        memory("listPools", Result.POST_UNKNOWN, CatalogueRoutes::pools);
        memory("listServices", Result.SERVICE_UNKNOWN, CatalogueRoutes::services);
        memory("listTariffs", Result.SERVICE_UNKNOWN, CatalogueRoutes::tariffs);
        memory("getTariffFeed", Result.READ_MODEL_BEHIND, TariffFeedRoutes::feed);
        memory("listDeskServices", Result.POOL_UNKNOWN, CatalogueRoutes::deskServices);
        memory("getRules", Result.READ_MODEL_BEHIND, CatalogueRoutes::rules);
        on("definePost", doing(CatalogueRoutes::definePost)::run);
        on("setRate", doing(CatalogueRoutes::setRate)::run);
        on("definePool", doing(CatalogueRoutes::definePool)::run);
        on("defineService", doing(CatalogueRoutes::defineService)::run);
        on("setDeskService", doing(CatalogueRoutes::setDeskService)::run);
        on("setFeeTime", doing(CatalogueRoutes::setFeeTime)::run);
        on("setServiceDocuments", doing(CatalogueRoutes::setServiceDocuments)::run);
        on("setTariff", doing(CatalogueRoutes::setTariff)::run);
        on("setRules", doing(CatalogueRoutes::setRules)::run);
    }

    private void applications() {
        records("getApplication", Result.APPLICATION_UNKNOWN, ApplicationRoutes::application);
        on("submitApplication", making("/v1/applications/", ApplicationRoutes::submit).telling(ApplicationRoutes::submitted)::run);
        on("validateLines", doing(ApplicationRoutes::validate)::run);
        on("rejectLines", MessageRoutes.sealing(doing(ApplicationRoutes::reject), UnsealedText.REJECTION));
        on("withdrawLines", doing(ApplicationRoutes::withdraw)::run);
        on("recordDocument", doing(ApplicationRoutes::recordDocument)::run);
        on("askForDocuments", MessageRoutes.sealing(doing(ApplicationRoutes::ask), UnsealedText.REQUEST));
        on("resubmitLines", doing(ApplicationRoutes::resubmit)::run);
        on("assignApplication", doing(ApplicationRoutes::assign).telling(ApplicationRoutes::assigned)::run);
        on("sendMessage", MessageRoutes.sealing(doing(ApplicationRoutes::sendMessage), UnsealedText.MESSAGE));
        on("listMessages", MessageRoutes::list);
        on("getMessageText", MessageRoutes::text);
        on("putContacts", ContactRoutes::put);
        on("getContacts", ContactRoutes::get);
        on("deleteContacts", ContactRoutes::delete);
        on("identify", IdentityRoutes::identify);
        on("putProfile", IdentityRoutes::putProfile);
        on("getProfile", IdentityRoutes::getProfile);
        on("linkIdentity", IdentityRoutes::link);
        on("unlinkIdentity", IdentityRoutes::unlink);
        on("search", CallCentreRoutes::search);
        on("getHistory", CallCentreRoutes::history);
        on("addNote", CallCentreRoutes::addNote);
        on("askCallback", CallCentreRoutes::askCallback);
        on("listCallbacks", CallCentreRoutes::listCallbacks);
        on("takeCallback", CallCentreRoutes::takeCallback);
        on("endCallback", CallCentreRoutes::endCallback);
        on("beginDocument", DocumentRoutes::begin);
        on("listDocuments", DocumentRoutes::list);
        on("getDocument", DocumentRoutes::one);
        on("addToDocument", DocumentRoutes::add);
        on("endDocument", DocumentRoutes::end);
        on("getDocumentContent", DocumentRoutes::content);
        on("getDocumentThumbnail", DocumentRoutes::thumbnail);
    }

    private void appointments() {
        records("getHold", Result.HOLD_UNKNOWN, AppointmentRoutes::hold);
        on("getAppointmentQr", PaperRoutes::appointmentCode);
        on("getAppointmentCalendar", AppointmentCalendarRoutes::feed);
        records("getAppointment", Result.APPOINTMENT_UNKNOWN, AppointmentRoutes::appointment);
        on("hold", making("/v1/holds/", AppointmentRoutes::hold).telling(AppointmentRoutes::held).inZone(AppointmentRoutes::zoneOfLegs)::run);
        on("release", doing(AppointmentRoutes::release)::run);
        on("confirm", making("/v1/appointments/", AppointmentRoutes::confirm).telling(AppointmentRoutes::confirmed)::run);
        on("reschedule", doing(AppointmentRoutes::reschedule).inZone(AppointmentRoutes::zoneOfLegs)::run);
        on("confirmAttendance", doing(AppointmentRoutes::confirmAttendance)::run);
        on("cancel", doing(AppointmentRoutes::cancel)::run);
        on("checkIn", KioskRoutes.checkIn(doing(AppointmentRoutes::checkIn).telling(AppointmentRoutes::checkedIn)));
        on("call", doing(AppointmentRoutes::call)::run);
        on("serve", doing(AppointmentRoutes::serve)::run);
        on("markNoShow", doing(AppointmentRoutes::noShow)::run);
        on("walkIn", KioskRoutes.walkIn(making("/v1/appointments/", AppointmentRoutes::walkIn)
                .telling(AppointmentRoutes::walkedIn).inZone(AppointmentRoutes::zoneOfDesk)));
    }

    private void stamps() {
        memory("quote", Result.TARIFF_UNKNOWN, StampRoutes::quote);
        records("getStamp", Result.STAMP_UNKNOWN, StampRoutes::stamp);
        on("getStampDocument", PaperRoutes::document);
        on("getStampQr", PaperRoutes::code);
        on("getStampKeys", PaperRoutes::keys);
        on("getDayManifest", PaperRoutes::manifest);
        on("issueStamps", making(null, StampRoutes::issue).telling(StampRoutes::issued)::run);
        on("voidStamp", doing(StampRoutes::voidStamp)::run);
        on("consumeStamp", doing(StampRoutes::consume).telling(StampRoutes::consumed)::run);
        on("reuseStamp", making(null, StampRoutes::reuse).telling(StampRoutes::reused)::run);
        on("propose", doing(StampRoutes::propose)::run);
        on("decide", doing(StampRoutes::decide)::run);
        on("recordRefund", doing(StampRoutes::refund)::run);
    }

    private void payments() {
        records("getPayment", Result.PAYMENT_UNKNOWN, PaymentRoutes::payment);
        memory("listPrices", Result.POST_UNKNOWN, PriceRoutes::prices);
        records("getValidity", Result.STAMP_UNKNOWN, PriceRoutes::validity);
        on("openPaymentPage", PageRoutes::open);
        on("startPayment", making(null, PaymentRoutes::start).telling(PaymentRoutes::started)::run);
        on("recordCounterReceipt", making(null, PaymentRoutes::counterReceipt).telling(PaymentRoutes::receipt)::run);
        on("recordApproval", doing(PaymentRoutes::approval).telling(PaymentRoutes::state)::run);
        on("recordFailure", doing(PaymentRoutes::failure).telling(PaymentRoutes::state)::run);
        on("markInDoubt", doing(PaymentRoutes::inDoubt).telling(PaymentRoutes::state)::run);
        on("askPerson", doing(PaymentRoutes::askPerson).telling(PaymentRoutes::state)::run);
        on("recordChargeBack", doing(PaymentRoutes::chargeBack).telling(PaymentRoutes::state)::run);
        on("allocatePayment", doing(PaymentRoutes::allocate).telling(PaymentRoutes::state)::run);
    }

    private void ledger() {
        on("listBooks", LedgerTables.either(LedgerRoutes::books, LedgerTables::books));
        on("getReportDays", ReportRoutes.days());
        on("getReportMonths", ReportRoutes.months());
        on("listClosings", ClosingRoutes::list);
        on("getClosing", ClosingRoutes::document);
        on("getClosingSignature", ClosingRoutes::signature);
        on("closeDay", ClosingRoutes::close);
        on("listBreaks", LedgerTables.either(LedgerRoutes::breaks, LedgerTables::breaks));
        memory("listReturns", Result.POST_UNKNOWN, LedgerRoutes::returns);
        memory("listTerminals", Result.POST_UNKNOWN, TerminalRoutes::terminals);
        on("closeTerminal", TerminalRoutes::close);
        on("abortPayment", TerminalRoutes::abort);
        on("defineTerminal", doing(LedgerRoutes::defineTerminal)::run);
        on("closeBatch", making(null, LedgerRoutes::closeBatch).telling(LedgerRoutes::closed)::run);
        on("takeStatements", StatementRoutes::take);
        on("listStatements", StatementRoutes::list);
        on("recordSettlement", doing(LedgerRoutes::settlement)::run);
        on("recordReturnSettlement", doing(LedgerRoutes::returnSettlement)::run);
        on("openBreak", making(null, LedgerRoutes::openBreak).telling(LedgerRoutes::opened)::run);
        on("assignBreak", doing(LedgerRoutes::assignBreak)::run);
        on("resolveBreak", doing(LedgerRoutes::resolveBreak)::run);
        on("setStampRules", doing(LedgerRoutes::setStampRules)::run);
    }

    private void inventory() {
        memory("getDay", Result.SLOT_UNKNOWN, InventoryRoutes::day);
        memory("listChanges", Result.POST_UNKNOWN, InventoryRoutes::changes);
        on("publishDay", doing(InventoryRoutes::publishDay)::run);
        on("setCapacity", doing(InventoryRoutes::setCapacity)::run);
        on("beginChange", making(null, InventoryRoutes::beginChange).telling(InventoryRoutes::begun)::run);
        on("addToChange", doing(InventoryRoutes::addToChange)::run);
        on("applyChange", doing(InventoryRoutes::applyChange)::run);
        on("abandonChange", doing(InventoryRoutes::abandonChange)::run);
    }

    private void closures() {
        memory("listClosures", Result.POST_UNKNOWN, ClosureRoutes::closures);
        memory("listAllClosures", Result.READ_MODEL_BEHIND, ClosureRoutes::allClosures);
        memory("listWork", Result.POST_UNKNOWN, WorkRoutes::list);
        memory("listWaiting", Result.POST_UNKNOWN, ClosureRoutes::queue);
        memory("getOfferRules", Result.READ_MODEL_BEHIND, ClosureRoutes::offerRules);
        records("getWaiting", Result.APPLICATION_UNKNOWN, ClosureRoutes::waiting);
        on("closeDays", ClosureRoutes.close(making(null, ClosureRoutes::close).telling(ClosureRoutes::closed)));
        on("reopenDays", doing(ClosureRoutes::reopen)::run);
        on("setOfferRules", doing(ClosureRoutes::setOfferRules)::run);
        memory("getWaitlistRules", Result.READ_MODEL_BEHIND, WaitlistRoutes::rules);
        on("joinWaitlist", doing(WaitlistRoutes::join).telling(WaitlistRoutes::joined)::run);
        on("leaveWaitlist", doing(WaitlistRoutes::leave)::run);
        on("setWaitlistRules", doing(WaitlistRoutes::setRules)::run);
        on("endCoolingAt", doing(WaitlistRoutes::endCooling)::run);
        on("commitCoolingSecret", doing(WaitlistRoutes::commit)::run);
        on("revealCoolingSecret", doing(WaitlistRoutes::reveal)::run);
        on("setCooling", doing(WaitlistRoutes::setCooling)::run);
        on("acceptPosts", doing(ClosureRoutes::acceptPosts)::run);
        on("chooseAnother", making("/v1/holds/", ClosureRoutes::chooseAnother).telling(AppointmentRoutes::held).inZone(AppointmentRoutes::zoneOfLegs)::run);
        on("recordVisit", doing(AppointmentRoutes::recordVisit).telling(AppointmentRoutes::visitRecorded)::run);
        on("recordWalkIn", making("/v1/appointments/", AppointmentRoutes::recordWalkIn).telling(AppointmentRoutes::walkedIn)::run);
        on("recordConsumption", doing(StampRoutes::recordConsumption).telling(StampRoutes::consumed)::run);
    }

    private void schedules() {
        on("applySchedule", ScheduleRoutes::apply);
        on("getSchedule", ScheduleRoutes::present);
        on("getDeskCalendar", DeskCalendarRoutes::feed);
    }

    private void halls(final EventRoutes events) {
        memory("getHall", Result.POST_UNKNOWN, HallRoutes::display);
        on("watchHall", events::watchHall);
        on("getHallPage", HallPage::show);
        memory("listQueue", Result.POOL_UNKNOWN, HallRoutes::queue);
        memory("getTicket", Result.TICKET_UNKNOWN, HallRoutes::estimate);
        memory("getHallRules", Result.READ_MODEL_BEHIND, HallRoutes::rules);
        memory("listServiceTimes", Result.READ_MODEL_BEHIND, HallRoutes::serviceTimes);
        on("callNext", doing(HallRoutes::callNext).telling(HallRoutes::called)::run);
        on("recall", doing(HallRoutes::recall)::run);
        on("park", doing(HallRoutes::park)::run);
        on("unpark", doing(HallRoutes::unpark)::run);
        on("transferTicket", doing(HallRoutes::transfer)::run);
        on("takeTicket", making(null, HallRoutes::take).telling(HallRoutes::taken)::run);
        on("endTicket", doing(HallRoutes::end)::run);
        on("setHallRules", doing(HallRoutes::setRules)::run);
    }

    private void memory(final String operation, final Result unknown, final Function<Call, JsonObject> answer) {
        on(operation, call -> Reads.fromMemory(call, unknown, answer));
    }

    private void records(final String operation, final Result unknown, final Function<Call, JsonObject> answer) {
        on(operation, call -> Reads.fromRecords(call, unknown, answer));
    }

    private void on(final String operation, final Consumer<Call> handler) {
        if (handlers.put(operation, handler) != null) {
            throw new IllegalStateException("two handlers for " + operation);
        }
    }
}

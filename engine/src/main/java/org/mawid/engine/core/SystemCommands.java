package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.application.Applications;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.AccessRecordedEncoder;
import org.mawid.sbe.ApplicationRetiredEncoder;
import org.mawid.sbe.CoreVersionSetEncoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.RecordAccessDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireDecoder;
import org.mawid.sbe.RulesRowDecoder;
import org.mawid.sbe.RulesSetEncoder;
import org.mawid.sbe.SetCoreVersionDecoder;

/** What the passing of time, the operator and the archive ask. */
final class SystemCommands {
    /** Dates of pools that one Tick looks at because a quota, or what is overbooked, is due there. */
    private static final int SPILLED_DATES = 4;

    private final Rooms rooms;
    private final Clients clients;
    private final Expiry expiry;
    private final Ageing ageing;
    private final Displacement displacement;
    private final SetCoreVersionDecoder setCoreVersion = new SetCoreVersionDecoder();
    private final RetireDecoder retire = new RetireDecoder();
    private final CoreVersionSetEncoder coreVersionSet = new CoreVersionSetEncoder();
    private final ApplicationRetiredEncoder applicationRetired = new ApplicationRetiredEncoder();
    private final int newest;

    SystemCommands(final Rooms rooms, final Clients clients, final Ageing ageing, final Displacement displacement, final int newest) {
        this.ageing = ageing;
        this.displacement = displacement;
        this.newest = newest;
        this.rooms = rooms;
        this.clients = clients;
        this.expiry = new Expiry(rooms);
    }

    /** Ends what is due, a bounded part of it, holds first, in the order of deadline and number. */
    Result tick(final long nowMs) {
        final Applications applications = rooms.applications;
        int left = rooms.catalogue.rules().expiredPerTick();
        while (left > 0 && rooms.allocation.holds().nextDueMs() <= nowMs && displacement.mayTell()) {
            rooms.offers.endHold(rooms.allocation.holds().nextDue(), true, nowMs);
            left--;
        }
        expiry.begin();
        while (left > 0 && applications.nextDueMs() <= nowMs && expiry.end(applications.nextDue(), nowMs)) {
            left--;
        }
        if (rooms.catalogue.coreVersion().keepsMoney()) {
            ageing.tick(left, nowMs);
        }
        rooms.hall.tick(nowMs);
        if (rooms.catalogue.coreVersion().keepsQuotas()) {
            rooms.allocation.spill(nowMs, SPILLED_DATES, Displacement.MOST_TOLD);
        }
        if (rooms.catalogue.coreVersion().makesOffers()) {
            rooms.offers.tellRoom();
            displacement.tick(nowMs);
        }
        return Result.OK;
    }

    /**
     * Refused when whoever logged it did not know it, also by a build that does: it has been answered so. One that was known then and is not now
     * cannot be passed over, for what follows was decided by it.
     *
     * @param known newest core version that the program which logged it knew
     */
    Result setCoreVersion(final long position, final int known, final DirectBuffer command) {
        setCoreVersion.wrap(command, CommandCheck.HEADER, SetCoreVersionDecoder.BLOCK_LENGTH, SetCoreVersionDecoder.SCHEMA_VERSION);
        final int wanted = setCoreVersion.coreVersion();
        if (wanted < rooms.catalogue.coreVersion().inForce() || wanted > known) return Result.CORE_VERSION_UNSUPPORTED;
        if (wanted > newest) {
            throw new NewerProgramException("position " + position, "core version", wanted, newest);
        }

        final boolean searched = rooms.catalogue.coreVersion().searchesBeside();
        rooms.catalogue.coreVersion().inForce(wanted);
        if (!searched && rooms.catalogue.coreVersion().searchesBeside()) {
            rooms.waiters.queues().searchBeside();
        }
        final int block = rooms.events.begin(CoreVersionSetEncoder.TEMPLATE_ID, CoreVersionSetEncoder.BLOCK_LENGTH, 0);
        coreVersionSet.wrap(rooms.events.buffer(), block).coreVersion(wanted);
        rooms.events.end(coreVersionSet.limit());
        return Result.OK;
    }

    /** Nothing of it is remembered but what happened. */
    Result recordAccess(final long command) {
        final long block = command + CommandCheck.HEADER;
        if (!rooms.catalogue.coreVersion().recordsAccesses()) return Result.CORE_VERSION_UNSUPPORTED;

        final long at = rooms.events.beginAt(AccessRecordedEncoder.TEMPLATE_ID, AccessRecordedEncoder.BLOCK_LENGTH, 0);
        Memory.putLong(at + AccessRecordedEncoder.actorEncodingOffset(), Memory.getLong(block + RequestDecoder.actorEncodingOffset()));
        Memory.putLong(at + AccessRecordedEncoder.onBehalfOfEncodingOffset(), Memory.getLong(block + RequestDecoder.onBehalfOfEncodingOffset()));
        Memory.putLong(at + AccessRecordedEncoder.targetIdEncodingOffset(), Memory.getLong(block + RecordAccessDecoder.targetIdEncodingOffset()));
        Memory.putLong(at + AccessRecordedEncoder.detailEncodingOffset(), Memory.getLong(block + RecordAccessDecoder.detailEncodingOffset()));
        Memory.putLong(at + AccessRecordedEncoder.addressEncodingOffset(), Memory.getLong(block + RecordAccessDecoder.addressEncodingOffset()));
        Memory.putInt(at + AccessRecordedEncoder.leftOutEncodingOffset(), Memory.getInt(block + RecordAccessDecoder.leftOutEncodingOffset()));
        Memory.putShort(at + AccessRecordedEncoder.operationEncodingOffset(), Memory.getShort(block + RecordAccessDecoder.operationEncodingOffset()));
        Memory.putInt(at + AccessRecordedEncoder.reasonCodeEncodingOffset(), Memory.getInt(block + RecordAccessDecoder.reasonCodeEncodingOffset()));
        Memory.putByte(at + AccessRecordedEncoder.targetKindEncodingOffset(), Memory.getByte(block + RecordAccessDecoder.targetKindEncodingOffset()));
        Memory.putByte(at + AccessRecordedEncoder.verdictEncodingOffset(), Memory.getByte(block + RecordAccessDecoder.verdictEncodingOffset()));
        rooms.events.endAt(at + AccessRecordedEncoder.BLOCK_LENGTH);
        return Result.OK;
    }

    Result setRules(final DirectBuffer command) {
        final Rules rules = rooms.catalogue.rules();
        if (!rules.areInRange(command, CommandCheck.BODY)) return Result.RULES_INVALID;
        if (!coverWhatIsInUse(rules.proposed())) return Result.RULES_INVALID;

        rules.set(command, CommandCheck.BODY);
        final int block = rooms.events.begin(RulesSetEncoder.TEMPLATE_ID, RulesSetEncoder.BLOCK_LENGTH, 0);
        rooms.events.buffer().putBytes(block + EventHeadEncoder.ENCODED_LENGTH, rules.row(), 0, RulesRowDecoder.BLOCK_LENGTH);
        rooms.events.end(block + EventHeadEncoder.ENCODED_LENGTH + RulesRowDecoder.BLOCK_LENGTH);
        return Result.OK;
    }

    private boolean coverWhatIsInUse(final RulesRowDecoder proposed) {
        final Allocation allocation = rooms.allocation;
        return proposed.maxApplications() >= rooms.applications.count()
                && proposed.maxLines() >= rooms.applications.lineTotal()
                && proposed.maxPersons() >= rooms.applications.persons().count()
                && proposed.maxAppointments() >= allocation.appointments().count()
                && proposed.maxHolds() >= allocation.holds().count()
                && proposed.maxLegs() >= allocation.legs().count()
                && proposed.maxStamps() >= rooms.stamps.count()
                && proposed.maxDays() >= allocation.days().count()
                && proposed.maxClients() >= clients.count()
                && proposed.maxChanges() >= allocation.changes().openCount();
    }

    /** All or nothing; the ids ascend, so none is named twice. */
    Result retire(final long nowMs, final DirectBuffer command) {
        retire.wrap(command, CommandCheck.HEADER, RetireDecoder.BLOCK_LENGTH, RetireDecoder.SCHEMA_VERSION);
        for (final RetireDecoder.ApplicationsDecoder one : retire.applications()) {
            if (!rooms.applications.has(one.applicationId())) return Result.APPLICATION_UNKNOWN;
            if (!rooms.canRetire(one.applicationId(), nowMs)) return Result.NOT_TERMINAL;
        }

        retire.wrap(command, CommandCheck.HEADER, RetireDecoder.BLOCK_LENGTH, RetireDecoder.SCHEMA_VERSION);
        for (final RetireDecoder.ApplicationsDecoder one : retire.applications()) {
            retireOne(one.applicationId(), nowMs);
        }
        return Result.OK;
    }

    private void retireOne(final long application, final long nowMs) {
        final StampLedger stamps = rooms.stamps;
        stamps.money().retirePaymentsOf(application);
        long stamp = rooms.applications.lastStamp(application);
        while (stamp != 0) {
            stamp = stamps.retire(stamp);
        }
        long appointment = rooms.applications.lastAppointment(application);
        while (appointment != 0) {
            appointment = rooms.allocation.retire(appointment);
        }
        final int postId = rooms.applications.post(application);
        rooms.waiters.accepted().forget(application);
        rooms.applications.retire(application, nowMs);
        final int block = rooms.events.begin(ApplicationRetiredEncoder.TEMPLATE_ID, ApplicationRetiredEncoder.BLOCK_LENGTH, postId);
        applicationRetired.wrap(rooms.events.buffer(), block).applicationId(application);
        rooms.events.end(applicationRetired.limit());
    }
}

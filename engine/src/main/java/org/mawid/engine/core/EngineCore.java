package org.mawid.engine.core;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AcceptPostsDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.AssignApplicationDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ChooseAnotherDecoder;
import org.mawid.sbe.CloseDaysDecoder;
import org.mawid.sbe.CommitCoolingSecretDecoder;
import org.mawid.sbe.ConfirmAttendanceDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.EndCoolingAtDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.ImportVisitDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.LeaveWaitlistDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.ParkDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.RecordAccessDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.ReopenDaysDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ResubmitLinesDecoder;
import org.mawid.sbe.RetireDecoder;
import org.mawid.sbe.RevealCoolingSecretDecoder;
import org.mawid.sbe.SendMessageDecoder;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.SetCoolingDecoder;
import org.mawid.sbe.SetCoreVersionDecoder;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetFeeTimeDecoder;
import org.mawid.sbe.SetHallRulesDecoder;
import org.mawid.sbe.SetOfferRulesDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.SetRulesDecoder;
import org.mawid.sbe.SetServiceDocumentsDecoder;
import org.mawid.sbe.SetTariffDecoder;
import org.mawid.sbe.SetWaitlistRulesDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TickDecoder;
import org.mawid.sbe.TransferTicketDecoder;
import org.mawid.sbe.UnparkDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WalkInDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/**
 * Decides and remembers. Deterministic: the same commands at the same positions and times give the same bytes on any machine.
 * <p>One thread at a time. Its tables lie outside the Java heap: {@link #close()} gives that memory back; nothing may be asked afterwards.
 */
public final class EngineCore implements AutoCloseable {
    /** Versions of behaviour that this build knows: 1 to this. */
    public static final int NEWEST_CORE_VERSION = 10;
    /** Flag of {@link #apply}: the position is passed over ({@code repair --skip}); that it was is part of the state. */
    public static final int SKIPPED = 1;
    /** Commands that {@link #prefetch} takes before {@link #prefetched} reads for them. */
    public static final int PREFETCH_MOST = Prefetch.MOST;

    private final int newest;
    private final CoreMemory memory;
    private final Rooms rooms;
    private final Rules rules;
    private final Requests requests;
    private final Clients clients;
    private final SystemCommands system;
    private final ApplicationCommands applications;
    private final ReviewCommands reviews;
    private final VisitCommands visits;
    private final CounterCommands counters;
    private final OfflineCommands offline;
    private final HallCommands hall;
    private final MoneyCommands money;
    private final ClosureCommands closures;
    private final OfferCommands offers;
    private final WaitlistCommands waitlist;
    private final CoolingCommands cooling;
    private final Displacement displacement;
    private final Prefetch prefetch;
    private final Dump dump;
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private long at; // address of the present command, see Memory
    private int length;
    private int loggedBy; // newest core version that the program knew which logged the present command, 0 = this one
    private UnsafeBuffer scratch;
    private final UnsafeBuffer systemRow;
    private long position;
    private long nowMs;
    private long skipped;
    private long skippedChain;
    private boolean closed;

    /** An empty state, position 0, for tests and tools: see the other. */
    public EngineCore() {
        this(0);
    }

    /**
     * An empty state, position 0.
     *
     * @param indexKey how the indexes spread what comes from outside. It decides nothing; nobody outside the process should know it, or
     *     keys could be made that meet in one place and make commands slow
     */
    public EngineCore(final long indexKey) {
        this(indexKey, NEWEST_CORE_VERSION);
    }

    /** A core as another build has it. @param newest core version that it knows */
    EngineCore(final long indexKey, final int newest) {
        this.newest = newest;
        memory = new CoreMemory(indexKey);
        rooms = new Rooms(memory);
        rules = rooms.catalogue.rules();
        requests = new Requests(memory, rules);
        clients = new Clients(memory);
        money = new MoneyCommands(rooms);
        closures = new ClosureCommands(rooms);
        offers = new OfferCommands(rooms);
        final Releases releases = new Releases(rooms);
        waitlist = new WaitlistCommands(rooms, releases);
        cooling = new CoolingCommands(rooms);
        displacement = new Displacement(rooms, closures, releases);
        system = new SystemCommands(rooms, clients, money.ageing(), displacement, newest);
        applications = new ApplicationCommands(rooms);
        reviews = new ReviewCommands(rooms);
        visits = new VisitCommands(rooms);
        counters = new CounterCommands(rooms);
        offline = new OfflineCommands(rooms, counters);
        hall = new HallCommands(rooms, counters);
        prefetch = new Prefetch(rooms, requests);
        dump = new Dump(rooms);
        scratch = new UnsafeBuffer(memory.take(1024));
        systemRow = new UnsafeBuffer(memory.take(SystemRowEncoder.BLOCK_LENGTH));
    }

    /**
     * Applies one command. The only place where state changes.
     *
     * @param position last position + 1
     * @param nowMs    log time, ms since 1970-01-01 UTC, never lower than the last
     * @param flags    0 or {@link #SKIPPED}; of a command from a log also {@link SchemaWord#flags}, without which it is one of this build
     * @param buffer   the whole SBE message, header first; anything at all is answered, malformed bytes too
     * @param events   wrapped or reset by the caller; what happened is added to it
     * @param outcome  filled with the answer
     * @throws NewerProgramException when a log goes on by a core version that this build does not know; the core is then of no use
     */
    public void apply(final long position, final long nowMs, final int flags, final DirectBuffer buffer, final int offset, final int length,
                      final EventWriter events, final Outcome outcome) {
        mustBeOpen();
        Invariant.that(position == this.position + 1, "no gap in the log", position, this.position);
        Invariant.that(nowMs >= this.nowMs, "log time does not go back", nowMs, this.nowMs);
        this.position = position;
        this.nowMs = nowMs;
        loggedBy = flags >>> 16;
        outcome.begin(position, nowMs);
        if ((flags & SKIPPED) != 0) {
            skipped++;
            skippedChain = StateHash.mix(skippedChain, position);
            outcome.set(Result.MALFORMED, 0, 0, 0);
            return;
        }
        if (!CommandCheck.isWithin(buffer, offset, length)) {
            outcome.set(Result.MALFORMED, 0, 0, 0);
            return;
        }
        at = addressOf(buffer, offset, length);
        this.length = length;
        final Result frame = CommandCheck.frame(at, length);
        if (frame != Result.OK) {
            outcome.set(frame, 0, 0, 0);
            return;
        }
        outcome.template(CommandCheck.template(at));
        rooms.events.at(events, position, nowMs);
        rooms.allocation.begin();
        final Result request = CommandCheck.request(at);
        if (request != Result.OK) {
            outcome.set(request, 0, 0, 0);
        } else if (CommandCheck.template(at) == TickDecoder.TEMPLATE_ID) {
            outcome.set(system.tick(nowMs), 0, 0, 0);
        } else {
            applyOnce(outcome);
        }
        rooms.offers.tellRoom();
    }

    /** Commands are read by address: one that lies in the Java heap is copied first. */
    private long addressOf(final DirectBuffer buffer, final int offset, final int length) {
        if (buffer.byteArray() == null) {
            return buffer.addressOffset() + offset;
        }
        if (length > scratch.capacity()) {
            scratch = new UnsafeBuffer(memory.take(length));
        }
        scratch.putBytes(0, buffer, offset, length);
        return scratch.addressOffset();
    }

    /** The same request gets the same answer, however often it comes; an old one that may have been forgotten is not done at all. */
    private void applyOnce(final Outcome outcome) {
        final long idHigh = Memory.getLong(at + CommandCheck.ID_HIGH);
        final long idLow = Memory.getLong(at + CommandCheck.ID_LOW);
        final long createdMs = Memory.getLong(at + CommandCheck.CREATED);
        final int clientId = Memory.getInt(at + CommandCheck.CLIENT);
        final long bodyHash = StateHash.of(CommandCheck.header(at), at + CommandCheck.ID_HIGH, length - CommandCheck.ID_HIGH);
        final long hash = requests.hash(idHigh, idLow);
        final long remembered = requests.find(hash, idHigh, idLow);
        if (remembered != 0) {
            if (requests.bodyHash(remembered) == bodyHash) {
                requests.answer(remembered, outcome);
                outcome.repeated(true);
            } else {
                outcome.set(Result.REQUEST_ID_REUSED, 0, 0, 0);
            }
            return;
        }
        if (clientId != 0) {
            if (!isNextOf(clientId, outcome)) {
                return;
            }
        } else if (createdMs <= requests.forgottenCreatedMs()) {
            outcome.set(Result.REQUEST_TOO_OLD, 0, 0, 0);
            return;
        }
        if (createdMs > nowMs + rules.createdSkewMs()) {
            outcome.set(Result.CREATED_IN_FUTURE, 0, 0, 0);
            return;
        }
        if (clientId != 0) {
            final int known = clients.find(clientId);
            clients.sequence(known != 0 ? known : clients.add(clientId), Memory.getLong(at + CommandCheck.SEQUENCE));
        }
        final int template = CommandCheck.template(at);
        final Result body = BodyCheck.check(at, length, template);
        final Result result = body == Result.OK ? dispatch(template, outcome) : body;
        if (outcome.result() != result) {
            outcome.set(result, 0, 0, 0);
        }
        requests.remember(hash, idHigh, idLow, bodyHash, createdMs, clientId != 0, nowMs, outcome);
    }

    private boolean isNextOf(final int clientId, final Outcome outcome) {
        final int known = clients.find(clientId);
        final long last = clients.sequence(known);
        final long sequence = Memory.getLong(at + CommandCheck.SEQUENCE);
        if (sequence <= last) {
            outcome.set(Result.SEQUENCE_REPEATED, 0, 0, 0);
        } else if (sequence > last + 1) {
            outcome.set(Result.SEQUENCE_GAP, last + 1, 0, 0);
        } else if (known == 0 && clients.count() + 1 > rules.maxClients()) {
            outcome.set(Result.CLIENTS_FULL, 0, 0, 0);
        } else {
            return true;
        }
        return false;
    }

    /** To the room that decides. Numbers of the answer are in the outcome when there are any. */
    private Result dispatch(final int template, final Outcome outcome) {
        return switch (template) {
            case HoldDecoder.TEMPLATE_ID -> visits.hold(nowMs, at, outcome);
            case ConfirmDecoder.TEMPLATE_ID -> visits.confirm(nowMs, at, outcome);
            case ReleaseDecoder.TEMPLATE_ID -> visits.release(nowMs, at);
            case RescheduleDecoder.TEMPLATE_ID -> visits.reschedule(nowMs, at, outcome);
            case SubmitApplicationDecoder.TEMPLATE_ID -> applications.submit(nowMs, at, outcome);
            case ValidateLinesDecoder.TEMPLATE_ID -> applications.validate(nowMs, at, outcome);
            case RejectLinesDecoder.TEMPLATE_ID -> applications.reject(nowMs, at, outcome);
            case WithdrawLinesDecoder.TEMPLATE_ID -> applications.withdraw(nowMs, at);
            case IssueStampsDecoder.TEMPLATE_ID -> applications.issueStamps(nowMs, at, outcome);
            case VoidStampDecoder.TEMPLATE_ID -> applications.voidStamp(nowMs, at);
            case ConfirmAttendanceDecoder.TEMPLATE_ID -> visits.confirmAttendance(nowMs, at);
            case CancelDecoder.TEMPLATE_ID -> counters.cancel(nowMs, at);
            case CheckInDecoder.TEMPLATE_ID -> counters.checkIn(nowMs, at, outcome);
            case CallDecoder.TEMPLATE_ID -> counters.call(nowMs, at);
            case ServeDecoder.TEMPLATE_ID -> counters.serve(nowMs, at, outcome);
            case MarkNoShowDecoder.TEMPLATE_ID -> counters.markNoShow(nowMs, at, outcome);
            case WalkInDecoder.TEMPLATE_ID -> counters.walkIn(nowMs, at, outcome);
            case ChooseAnotherDecoder.TEMPLATE_ID -> visits.chooseAnother(nowMs, at, outcome);
            case CallNextDecoder.TEMPLATE_ID, RecallDecoder.TEMPLATE_ID, ParkDecoder.TEMPLATE_ID, UnparkDecoder.TEMPLATE_ID, TransferTicketDecoder.TEMPLATE_ID,
                 TakeTicketDecoder.TEMPLATE_ID, EndTicketDecoder.TEMPLATE_ID, SetHallRulesDecoder.TEMPLATE_ID -> hall.dispatch(template, nowMs, at, outcome);
            default -> dispatchRare(template, outcome);
        };
    }

    /** What configures an answer: not many, and read through the generated decoders. */
    private Result dispatchRare(final int template, final Outcome outcome) {
        command.wrap(at, length);
        return switch (template) {
            case PublishDayDecoder.TEMPLATE_ID -> rooms.allocation.inventory().publishDay(nowMs, command, 0, length, outcome);
            case SetCapacityDecoder.TEMPLATE_ID -> rooms.allocation.inventory().setCapacity(command, 0, outcome);
            case BeginChangeDecoder.TEMPLATE_ID -> rooms.allocation.inventory().beginChange(position, nowMs, command, 0, outcome);
            case AddToChangeDecoder.TEMPLATE_ID -> rooms.allocation.inventory().addToChange(nowMs, command, 0, length, outcome);
            case ApplyChangeDecoder.TEMPLATE_ID -> rooms.allocation.inventory().applyChange(command, 0, outcome);
            case AbandonChangeDecoder.TEMPLATE_ID -> rooms.allocation.inventory().abandonChange(command, 0);
            case DefinePostDecoder.TEMPLATE_ID -> searchAnew(rooms.catalogue.definePost(command, 0, length), 0);
            case DefinePoolDecoder.TEMPLATE_ID -> searchAnew(rooms.catalogue.definePool(command, 0, length), rooms.catalogue.changedPost());
            case DefineServiceDecoder.TEMPLATE_ID -> searchAnew(rooms.catalogue.defineService(command, 0, length));
            case SetDeskServiceDecoder.TEMPLATE_ID -> searchAnew(rooms.catalogue.setDeskService(command, 0, length), rooms.catalogue.changedPost());
            case SetTariffDecoder.TEMPLATE_ID -> rooms.catalogue.setTariff(nowMs, command, 0, length, outcome);
            case SetRateDecoder.TEMPLATE_ID -> rooms.catalogue.setRate(command, 0, length);
            case SetFeeTimeDecoder.TEMPLATE_ID -> rooms.catalogue.setFeeTime(command, 0, length);
            case SetServiceDocumentsDecoder.TEMPLATE_ID -> rooms.catalogue.setServiceDocuments(command, 0, length);
            case ImportVisitDecoder.TEMPLATE_ID -> visits.takeOver(nowMs, at, outcome);
            case CloseDaysDecoder.TEMPLATE_ID -> closures.close(nowMs, command, outcome);
            case ReopenDaysDecoder.TEMPLATE_ID -> closures.reopen(command);
            case AcceptPostsDecoder.TEMPLATE_ID -> offers.acceptPosts(nowMs, command);
            case SetOfferRulesDecoder.TEMPLATE_ID -> searchAnew(offers.setRules(command));
            case JoinWaitlistDecoder.TEMPLATE_ID -> waitlist.join(nowMs, command, outcome);
            case LeaveWaitlistDecoder.TEMPLATE_ID -> waitlist.leave(nowMs, command);
            case SetWaitlistRulesDecoder.TEMPLATE_ID -> waitlist.setRules(command);
            case EndCoolingAtDecoder.TEMPLATE_ID, SetCoolingDecoder.TEMPLATE_ID, CommitCoolingSecretDecoder.TEMPLATE_ID, RevealCoolingSecretDecoder.TEMPLATE_ID ->
                    cooling.dispatch(template, command, outcome);
            case SetCoreVersionDecoder.TEMPLATE_ID -> system.setCoreVersion(position, loggedBy == 0 ? newest : loggedBy, command);
            case SetRulesDecoder.TEMPLATE_ID -> searchAnew(system.setRules(command));
            case RetireDecoder.TEMPLATE_ID -> system.retire(nowMs, command);
            case SendMessageDecoder.TEMPLATE_ID -> applications.sendMessage(position, nowMs, at, outcome);
            case RecordDocumentDecoder.TEMPLATE_ID -> reviews.recordDocument(nowMs, at);
            case AskForDocumentsDecoder.TEMPLATE_ID, ResubmitLinesDecoder.TEMPLATE_ID, AssignApplicationDecoder.TEMPLATE_ID -> reviews.dispatch(template, nowMs, at, outcome);
            case RecordAccessDecoder.TEMPLATE_ID -> system.recordAccess(at);
            case RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID -> offline.dispatch(template, nowMs, at, outcome);
            default -> money.dispatch(template, nowMs, command, outcome);
        };
    }

    /** What was not found may be there now, for other reasons than that room came. */
    private Result searchAnew(final Result result) {
        if (result == Result.OK) {
            rooms.waiters.queues().searchAnew();
        }
        return result;
    }

    /** Only at one post from core version 8 on. @param postId 0 = it is nothing to a search */
    private Result searchAnew(final Result result, final int postId) {
        if (!rooms.catalogue.coreVersion().searchesBeside()) {
            return searchAnew(result);
        }
        if (result == Result.OK && postId != 0) {
            rooms.waiters.searchAnewAt(postId);
        }
        return result;
    }

    /**
     * Says that a command will be applied soon, so that what it needs can be in the cache by then. Changes nothing and decides nothing.
     * Call it for all commands of a batch, {@link #PREFETCH_MOST} at most, then {@link #prefetched}; then apply them.
     *
     * @param buffer outside the Java heap; elsewhere nothing is done
     */
    public void prefetch(final DirectBuffer buffer, final int offset, final int length) {
        mustBeOpen();
        if (buffer.byteArray() == null && CommandCheck.isWithin(buffer, offset, length)) {
            prefetch.want(buffer.addressOffset() + offset, length);
        }
    }

    /** Reads ahead for the commands that were said. @return something to be added up by the caller, so that the reading cannot be left out */
    public long prefetched() {
        mustBeOpen();
        return prefetch.read();
    }

    /** Position of the last command applied, 0 before the first. */
    public long position() {
        return position;
    }

    /** Log time of the last command applied, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return nowMs;
    }

    /** Number of the payment that was begun last, 0 before the first. */
    public long lastPaymentId() {
        mustBeOpen();
        return rooms.stamps.money().payments().last();
    }

    /** Version of the rules of behaviour in force. */
    public int coreVersion() {
        return rooms.catalogue.coreVersion().inForce();
    }

    /** Whether what goes back after it was settled is a return, by the rules in force. */
    public boolean keepsReturns() {
        return rooms.catalogue.coreVersion().keepsReturns();
    }

    /** Whether a service says when its fee is to be paid, by the rules in force. */
    public boolean knowsFeeTimes() {
        return rooms.catalogue.coreVersion().knowsFeeTimes();
    }

    /** Whether places are kept for channels, by the rules in force. */
    public boolean keepsQuotas() {
        return rooms.catalogue.coreVersion().keepsQuotas();
    }

    /** Whether days may have places beyond the counters of their desk, by the rules that the log is at. */
    public boolean keepsOverbooking() {
        return rooms.catalogue.coreVersion().keepsOverbooking();
    }

    /** Newest version of the rules of behaviour that this core knows. */
    public int newestCoreVersion() {
        return newest;
    }

    /** When a Tick will have something to do, ms since 1970-01-01 UTC; {@code Long.MAX_VALUE} = never. */
    public long nextDueMs() {
        mustBeOpen();
        return Math.min(Math.min(Math.min(rooms.allocation.holds().nextDueMs(), rooms.allocation.nextSpillMs()), rooms.applications.nextDueMs()),
                Math.min(Math.min(rooms.stamps.money().nextDueMs(), displacement.nextDueMs()), rooms.hall.nextDueMs()));
    }

    /** What became of a request: REQUEST_UNKNOWN when it is not remembered. Position 0, log time of the answer, repeated, template id of the command. Changes nothing. */
    public void outcomeOf(final long idHigh, final long idLow, final Outcome outcome) {
        mustBeOpen();
        final long remembered = requests.find(idHigh, idLow);
        if (remembered == 0) {
            outcome.begin(0, 0).set(Result.REQUEST_UNKNOWN, 0, 0, 0);
        } else {
            requests.answer(remembered, outcome.begin(0, requests.nowMs(remembered)));
            outcome.repeated(true);
        }
    }

    /** When the validated lines of an application that have no time expire, unless nothing is on offer then, ms since 1970-01-01 UTC; 0 = it has none, or is not there. Changes nothing. */
    public long validUntilMs(final long application) {
        mustBeOpen();
        return rooms.applications.has(application) ? rooms.applications.validUntilMs(application) : 0;
    }

    /** When the client made a remembered request, its clock, ms since 1970-01-01 UTC; -1 = not remembered. */
    public long createdMsOf(final long idHigh, final long idLow) {
        mustBeOpen();
        final long remembered = requests.find(idHigh, idLow);
        return remembered == 0 ? -1 : requests.createdMs(remembered);
    }

    /** Hash over the whole state, in a fixed order: changing any byte that can change an answer changes it. Takes as long as reading all the state. */
    public long stateHash() {
        final StateHash hash = new StateHash();
        save(hash);
        return hash.value();
    }

    /** Hands over all tables. */
    public void save(final StateWriter out) {
        mustBeOpen();
        systemRow.setMemory(0, systemRow.capacity(), (byte) 0);
        final SystemRowEncoder row = new SystemRowEncoder().wrap(systemRow, 0);
        row.position(position).nowMs(nowMs).skipped(skipped).skippedChain(skippedChain).coreVersion(coreVersion());
        requests.saveCounts(row);
        rooms.applications.saveCounts(row);
        rooms.allocation.saveCounts(row);
        rooms.stamps.saveCounts(row);
        out.rows(TableIds.SYSTEM, SystemRowEncoder.BLOCK_LENGTH, 0, 1, systemRow, 0);
        rooms.catalogue.save(out);
        clients.save(out);
        requests.save(out);
        rooms.applications.save(out);
        rooms.allocation.save(out);
        rooms.stamps.save(out);
        rooms.waiters.save(out);
        rooms.offers.save(out);
        rooms.hall.save(out);
        rooms.allocation.saveGrids(out);
    }

    /** Takes over the state of another core, only into a core that has applied nothing. Afterwards both behave alike for ever. */
    public void load(final StateReader in) {
        mustBeOpen();
        Invariant.that(position == 0, "state is loaded into an empty core", position);
        systemRow.setMemory(0, systemRow.capacity(), (byte) 0);
        while (in.next()) {
            if (in.tableId() == TableIds.SYSTEM) {
                Invariant.that(in.rowBytes() <= systemRow.capacity(), "the snapshot is known to this build", in.rowBytes(), systemRow.capacity());
                systemRow.putBytes(0, in.buffer(), in.offset(), in.rowBytes());
            } else {
                final boolean taken = rooms.catalogue.load(in) || clients.load(in) || requests.load(in) || rooms.applications.load(in)
                        || rooms.stamps.load(in) || rooms.waiters.load(in) || rooms.offers.load(in) || rooms.hall.load(in) || rooms.allocation.load(in);
                Invariant.that(taken, "every table of the snapshot is known to this build", in.tableId());
            }
        }
        final SystemRowDecoder row = new SystemRowDecoder().wrap(systemRow, 0, SystemRowDecoder.BLOCK_LENGTH, SystemRowDecoder.SCHEMA_VERSION);
        position = row.position();
        nowMs = row.nowMs();
        skipped = row.skipped();
        skippedChain = row.skippedChain();
        rooms.catalogue.coreVersion().inForce(row.coreVersion());
        rooms.catalogue.loaded();
        clients.loaded();
        requests.loaded(row, in);
        rooms.applications.loaded(row, in);
        rooms.allocation.loaded(row, in);
        rooms.stamps.loaded(row);
        rooms.offers.loaded();
        rooms.hall.loaded();
    }

    /** Checks every promise, also the costly ones. Takes seconds on a large state. @throws org.mawid.engine.kernel.InvariantBroken on the first that does not hold */
    public void check() {
        mustBeOpen();
        clients.check();
        requests.check();
        rooms.applications.check();
        rooms.allocation.check();
        rooms.stamps.check();
        rooms.waiters.check();
        rooms.hall.check();
        new LinksCheck(rooms).run();
    }

    /** Counts of everything by state. Reads the whole state. */
    public Counts counts() {
        mustBeOpen();
        return new Counting(rooms, requests, clients, position, skipped).count();
    }

    /**
     * Tells a bounded slice of the state in public words, for rebuilding what is read. Changes nothing.
     *
     * @param fromNumber where to begin, 0 = at the beginning
     * @param max        most numbers to look at, 1 or more; fewer records come out where numbers are unused
     * @return where to go on, 0 = that was all
     */
    public long dump(final RecordKind kind, final long fromNumber, final int max, final RecordConsumer records) {
        mustBeOpen();
        return dump.tell(kind, fromNumber, max, records, position, nowMs);
    }

    /**
     * Tells applications in public words, each followed by its appointments, its stamps and its payments, the newest first of each. Changes nothing. Ends behind
     * the application with which it has told {@value Dump#AT_ONCE} records or more.
     *
     * @param fromNumber where to begin, 0 = at the beginning
     * @param max        most application numbers to look at, 1 or more
     * @return where to go on, 0 = that was all
     */
    public long dumpApplications(final long fromNumber, final int max, final RecordConsumer records) {
        mustBeOpen();
        return dump.tellWhole(fromNumber, max, records);
    }

    /** As {@link #dump}, of what somebody still has to do something about, and of visits of which somebody may. */
    public long dumpUnderWay(final UnderWay what, final long fromNumber, final int max, final RecordConsumer records) {
        mustBeOpen();
        return dump.tellUnderWay(what, fromNumber, max, records, nowMs);
    }

    /** Tells of all applications whom they name, in ascending order of their numbers: much cheaper than their records. Changes nothing. */
    public void dumpNamed(final Named named) {
        mustBeOpen();
        dump.tellNamed(named);
    }

    /** As {@link #dump}, of all books of posts: BookRecord, those of one post together, the newest first. Numbers are those of the posts. */
    public long dumpBooks(final long fromPostId, final int max, final RecordConsumer records) {
        mustBeOpen();
        return dump.tellBooks(fromPostId, max, records);
    }

    /**
     * Tells what is to be retired now, in public words: each application is followed by its appointments, its stamps and its payments. Those that have ended
     * long enough ago, unless a person's budget of holds has not come back yet: nobody would come back for that person. Changes nothing. Tells
     * {@value Dump#AT_ONCE} records at most: of an application with more it tells what belongs to it now and the next times, and itself last.
     *
     * @param at           where to begin; afterwards where to go on
     * @param lookedAt     most application numbers to look at, 1 or more
     * @param applications most applications to tell, 1 to 64
     */
    public void dumpRetirable(final Bookmark at, final int lookedAt, final int applications, final RecordConsumer records) {
        mustBeOpen();
        dump.tellRetirable(at, lookedAt, applications, records, nowMs);
    }

    /** See {@link CoreMemory#takeSparesFrom}. */
    public void takeSparesFrom(final Supplier<ByteBuffer> ready) {
        memory.takeSparesFrom(ready);
    }

    /** Bytes outside the Java heap. */
    public long bytes() {
        return memory.bytes();
    }

    /** Gives back all memory outside the Java heap, at once. A second call does nothing. */
    @Override
    public void close() {
        close(() -> { });
    }

    /** The same step by step. @param rest called between the steps */
    public void close(final Runnable rest) {
        closed = true;
        memory.close(rest);
    }

    /** Everything is read by address: what was given back would be read as well, whoever has it now. */
    private void mustBeOpen() {
        Invariant.that(!closed, "a core that was closed is asked nothing", position);
    }
}

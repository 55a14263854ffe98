package org.mawid.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.Bookmark;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.engine.testkit.SavedState;
import org.mawid.sbe.*; // one decoder for what is looked at

/**
 * A core that is told sentences. A sentence may begin with its time of 2026-03-02, UTC ({@code 08:05}, {@code +1d@08:05}), else it is
 * said at the time of the one before.
 *
 * <pre>
 * post PARIS currency=EUR digits=2 round=1    desk PARIS/D1 serves=passport,card    resource PARIS/bio kind=BIOMETRIC_STATION
 * service passport minutes=15 [validated] [walkup] [urgent] [registered] [needs=BIOMETRIC_STATION] [most=4]
 * tariff passport centimes=50000 [version=1] [from=09:00]    rate PARIS micro=10000000    feeTime passport BEFORE_CONFIRM    rules holdBudget=2 …
 * day PARIS/D1 09:00..12:00 places=2 [withheld=1] [align=3] [released=08:00] [date=1] [keeps=CALL_CENTRE:2,WALK_IN:1:07:30]    capacity PARIS/D1 09:00..09:15 places=0
 * beginChange C1 PARIS    addToChange C1 PARIS/D1 09:00..12:00 places=3    applyChange C1 version=0    abandonChange C1
 * submit A1 Yasmine:passport,card Omar:passport [post=PARIS] [registered=PARIS] [priority=SENIOR]    validate|reject|withdraw A1 [lines=0,1]
 * hold A1 PARIS/D1@09:15+3 [PARIS/D2@09:30+1:0] [stamps] [date=1]    confirm A1 [stamps]    release A1    tick
 * reschedule A1 PARIS/D1@10:00+3    cancel A1    comes A1    checkIn A1    call A1 counter=4    serve A1 [lines=0]    noShow A1
 * walkIn A1 PARIS/D1 Yasmine:passport [stamps]    walkIn A1 PARIS/D1 lines=0    issue A1 post=PARIS [lines=0]    void A1 stamp=1    retire A1
 * recordVisit A1 SERVED at=10:05 [lines=0|nothing] [ticket=7] [counter=4]    recordWalkIn A1 PARIS Yasmine:passport at=10:00 [served] [ticket=7] [stamps]
 * recordUse A1 post=PARIS at=10:05 [stamp=1]
 * documents passport kinds=PASSPORT,PHOTO [validates]    document A1 [kind=PHOTO] [scan=CLEAN] [lines=1]    ask A1 kinds=PHOTO [lines=0]    resubmit A1 [lines=0]    assign A1 seconds=60 by=Amina
 * </pre>
 *
 * <p>Every sentence may say {@code id=7} (its request id), {@code client=3 seq=1}, {@code created=07:59}, {@code by=Amina}, {@code via=CALL_CENTRE}. Of money, see
 * {@link MoneySentences}; of closures and offers, see {@link DisplacementSentences}; of waiting and cooling, see
 * {@link WaitingSentences}; of halls, see {@link HallSentences}.
 */
abstract class Story {
    private static final int EVERYTHING = 1_000_000;

    private EngineCore core = new EngineCore();
    private final Answered.Teller teller = new Answered.Teller((position, nowMs, flags, buffer, offset, length, events, outcome) -> core.apply(position, nowMs, flags, buffer, offset, length, events, outcome));
    private final CommandWriter writer = new CommandWriter();
    private final Words words = new Words();
    private final Map<String, Integer> linesOf = new HashMap<>();
    private final Map<String, List<Long>> stampsOf = new HashMap<>();
    private Command.Rules rules = Command.Rules.DEFAULT;
    private long nowMs = Words.instantMs("07:00");
    private long requests = 1_000;
    private long lastHold;

    /** Sentences that are all done. */
    final void given(final String... sentences) {
        for (final String sentence : sentences) {
            final Answered answer = say(sentence);
            assertThat(answer.isDone()).as("%s: %s", sentence, answer).isTrue();
        }
    }

    final Then when(final String sentence) {
        final String before = hash();
        return new Then(sentence, say(sentence), before.equals(hash()));
    }

    /** What the last sentence of {@code when} brought about. */
    final class Then {
        private final String sentence;
        private final Answered answer;
        private final boolean sameState;

        private Then(final String sentence, final Answered answer, final boolean sameState) {
            this.sentence = sentence;
            this.answer = answer;
            this.sameState = sameState;
        }

        /** The answer in words. A refusal changes nothing and tells nothing, but for what is written down of the time when a link was down. */
        Then then(final String expected) {
            assertThat(text(sentence, answer)).as(sentence).isEqualTo(expected);
            if (!answer.isDone() && !answer.isWrittenDown() || answer.repeated()) {
                assertThat(answer.events()).as("events of %s to: %s", expected, sentence).isEmpty();
            }
            if (!answer.isDone() && !(answer.isWrittenDown() && answer.number3() != 0) || answer.repeated()) {
                assertThat(sameState).as("nothing public changed by: %s", sentence).isTrue();
            }
            return this;
        }

        /** What it moved in the books, in order: {@code CARD_RECEIVABLE +4610 EUR} is a debit, {@code -4610} a credit. */
        Then posts(final String... entries) {
            assertThat(MoneySentences.posted(answer.events())).as(sentence).containsExactly(entries);
            return this;
        }

        /** The names of its events, in order. */
        Then tells(final String... events) {
            assertThat(eventNames(answer.events())).as(sentence).containsExactly(events);
            return this;
        }
    }

    /** Numbers of what was counted so far, and the whole of what can be told but for the requests: changes when anything public does. */
    private String hash() {
        final StringBuilder text = new StringBuilder();
        for (final RecordKind kind : RecordKind.values()) {
            core.dump(kind, 0, EVERYTHING, (template, buffer, offset, length) -> {
                final int head = MessageHeaderDecoder.ENCODED_LENGTH + (template < 200 ? EventHeadDecoder.ENCODED_LENGTH : 0);
                final byte[] bytes = new byte[length - head]; // the head of a catalogue event says when it is told
                buffer.getBytes(offset + head, bytes);
                text.append(kind).append(Arrays.toString(bytes));
            });
        }
        return text.toString();
    }

    // ---- looking

    /** What a unit has, as {@code capacity/booked/held/withheld}. */
    final String unit(final String pool, final String time, final int date) {
        final String[] found = {"none"};
        final int epochDay = (int) Words.TODAY.toEpochDay() + date;
        core.dump(RecordKind.DAYS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final DayRecordDecoder day = new DayRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (day.poolId() == words.number("pool", pool) && day.epochDay() == epochDay && day.changeId() == 0) {
                int at = 0;
                for (final DayRecordDecoder.UnitsDecoder unit : day.units()) {
                    if (at++ == words.unit(pool, epochDay, time)) {
                        found[0] = unit.capacity() + "/" + unit.booked() + "/" + unit.held() + "/" + unit.withheld();
                    }
                }
            }
        });
        return found[0];
    }

    final String unit(final String pool, final String time) {
        return unit(pool, time, 0);
    }

    /** What is kept of a unit for a class and what of that is taken, as {@code kept/taken}; {@code none} when nothing of the day is. */
    final String quota(final String pool, final String time, final int date, final QuotaClass quotaClass) {
        final String[] found = {"none"};
        final int epochDay = (int) Words.TODAY.toEpochDay() + date;
        core.dump(RecordKind.QUOTAS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final QuotaRecordDecoder day = new QuotaRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (day.poolId() == words.number("pool", pool) && day.epochDay() == epochDay && day.changeId() == 0) {
                int at = 0;
                for (final QuotaRecordDecoder.UnitsDecoder unit : day.units()) {
                    if (at++ == words.unit(pool, epochDay, time)) {
                        found[0] = switch (quotaClass) {
                            case CALL_CENTRE -> unit.keptCallCentre() + "/" + unit.takenCallCentre();
                            case WALK_IN -> unit.keptWalkIn() + "/" + unit.takenWalkIn();
                            case ASSISTED -> unit.keptAssisted() + "/" + unit.takenAssisted();
                            default -> unit.keptEmergency() + "/" + unit.takenEmergency();
                        };
                    }
                }
            }
        });
        return found[0];
    }

    /** How many of a unit's places are beyond the counters. */
    final int overbooked(final String pool, final String time, final int date) {
        final int[] found = {0};
        final int epochDay = (int) Words.TODAY.toEpochDay() + date;
        core.dump(RecordKind.OVERBOOKED, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final OverbookedRecordDecoder day = new OverbookedRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (day.poolId() == words.number("pool", pool) && day.epochDay() == epochDay && day.changeId() == 0) {
                int at = 0;
                for (final OverbookedRecordDecoder.UnitsDecoder unit : day.units()) {
                    found[0] = at++ == words.unit(pool, epochDay, time) ? unit.places() : found[0];
                }
            }
        });
        return found[0];
    }

    /** States of the lines of an application, in order; {@code none} when it is not in memory. */
    final String lines(final String application) {
        final List<String> states = new ArrayList<>();
        core.dump(RecordKind.APPLICATIONS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final ApplicationRecordDecoder record = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.applicationId() == words.known("application", application)) {
                record.lines().forEach(line -> states.add(line.state() + (line.holdId() != 0 ? " held" : "") + (line.appointmentId() != 0 ? " booked" : "")));
            }
        });
        return states.isEmpty() ? "none" : String.join(", ", states);
    }

    /** Why each line is what it is, as {@code 7/70, -}: code and hash of the reason. */
    final String reasons(final String application) {
        final List<String> found = new ArrayList<>();
        core.dump(RecordKind.APPLICATIONS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final ApplicationRecordDecoder record = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.applicationId() == words.known("application", application)) {
                record.lines().forEach(line -> found.add(line.reasonCode() == 0 && line.reasonHash() == 0 ? "-" : line.reasonCode() + "/" + line.reasonHash()));
            }
        });
        return String.join(", ", found);
    }

    /** Since when an application waits for an officer, as {@code 07:00}; {@code none} when there is nothing to say of it beside its lines. */
    final String waitsSince(final String application) {
        final String[] found = {"none"};
        core.dump(RecordKind.REVIEWS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final ReviewRecordDecoder record = new ReviewRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.applicationId() == words.known("application", application)) {
                found[0] = Words.text(record.sinceMs());
            }
        });
        return found[0];
    }

    /** The state of the last appointment of an application. */
    final String appointment(final String application) {
        final String[] found = {"none"};
        core.dump(RecordKind.APPOINTMENTS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final AppointmentRecordDecoder record = new AppointmentRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.appointmentId() == words.known("appointment", application)) {
                found[0] = record.state() + " at " + Words.text(record.startMs()) + (record.attendance() == BooleanType.YES ? ", they come" : "");
            }
        });
        return found[0];
    }

    /** How it stands with those of an application whose visits were displaced: {@code NO_ROOM}, {@code OFFERED PARIS/D1 at 09:00 until 08:10, 1 so far}. */
    final String waiting(final String application) {
        final Map<Long, String> holds = new HashMap<>();
        core.dump(RecordKind.HOLDS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final HoldRecordDecoder record = new HoldRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final String when = " at " + Words.text(record.startMs()) + " until " + Words.text(record.deadlineMs());
            final long hold = record.holdId();
            final List<String> desks = new ArrayList<>();
            record.legs().forEach(leg -> desks.add(words.name("pool", leg.deskId())));
            holds.put(hold, " " + String.join("+", desks) + when);
        });
        final List<String> found = new ArrayList<>();
        core.dump(RecordKind.WAITERS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final WaiterRecordDecoder record = new WaiterRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.applicationId() == words.known("application", application)) {
                found.add(record.state() + (record.holdId() == 0 ? "" : holds.get(record.holdId()) + ", " + record.offers() + " so far"));
            }
        });
        return found.isEmpty() ? "none" : String.join("; ", found);
    }

    /** {@code WAITING at PARIS/D1, due 09:00, LATE}; {@code none} when it has ended. */
    final String ticket(final String name) {
        final String[] found = {"none"};
        core.dump(RecordKind.TICKETS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final TicketRecordDecoder record = new TicketRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.ticketId() == words.known("ticket", name)) {
                found[0] = record.state() + " at " + words.name("pool", record.deskId()) + ", due " + (record.dueMs() == 0 ? "at once" : Words.text(record.dueMs()))
                        + ", " + record.kind();
            }
        });
        return found[0];
    }

    /** How long acts of a service take: {@code 3 acts, half within 12 min, most within 20 min}. */
    final String serviceTime(final String service) {
        final String[] found = {"none"};
        core.dump(RecordKind.SERVICE_TIMES, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final ServiceTimeRecordDecoder record = new ServiceTimeRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.serviceId() == words.number("service", service)) {
                found[0] = record.measured() + " acts, half within " + record.p50Minutes() + " min, most within " + record.p90Minutes() + " min";
            }
        });
        return found[0];
    }

    /** How the latest date of a desk goes: {@code 2 served, 720 s each}. */
    final String pace(final String desk) {
        final String[] found = {"none"};
        core.dump(RecordKind.DESK_PACES, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final DeskPaceRecordDecoder record = new DeskPaceRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.deskId() == words.number("pool", desk)) {
                found[0] = record.served() + " served, " + record.paceMs() / 1_000 + " s each";
            }
        });
        return found[0];
    }

    /** {@code IN_FORCE, displaced 2, holds 1}. */
    final String closure(final String name) {
        final String[] found = {"none"};
        core.dump(RecordKind.CLOSURES, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final ClosureRecordDecoder record = new ClosureRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            if (record.closureId() == words.known("closure", name)) {
                found[0] = record.state() + ", displaced " + record.displaced() + ", holds " + record.holds();
            }
        });
        return found[0];
    }

    /** All stamps, in order: {@code line 0: 50000 centimes, 4608 EUR, ISSUED}. */
    final List<String> stamps() {
        final List<String> stamps = new ArrayList<>();
        core.dump(RecordKind.STAMPS, 0, EVERYTHING, (template, buffer, offset, length) -> {
            final StampRecordDecoder record = new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            stamps.add("line " + record.line() + ": " + record.amountCentimes() + " centimes, " + record.localMinor() + " " + record.currency()
                    + ", " + record.state());
        });
        return stamps;
    }

    /** Names of the applications that the engine would retire now. */
    final List<String> retirable() {
        final List<String> names = new ArrayList<>();
        core.dumpRetirable(new Bookmark(), EVERYTHING, 64, (template, buffer, offset, length) -> {
            if (template == ApplicationRecordDecoder.TEMPLATE_ID) {
                final long number = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()).applicationId();
                linesOf.keySet().stream().filter(name -> words.known("application", name) == number).forEach(names::add);
            }
        });
        return names;
    }

    /** Goes on from a snapshot, in a core whose indexes spread otherwise. */
    final void restart() {
        final SavedState saved = new SavedState();
        core.save(saved);
        core = new EngineCore(0x5EED_0FA1_1E15_71DEL);
        core.load(saved.reader());
    }

    final EngineCore core() {
        return core;
    }

    // ---- telling

    private Answered say(final String said) {
        String text = said.trim();
        final String first = text.split("\\s+", 2)[0];
        if (Words.isInstant(first)) {
            nowMs = Words.instantMs(first);
            text = text.substring(first.length()).trim();
        }
        final Sentence sentence = Sentence.of(text);
        if (sentence.verb().equals("ticks")) {
            return ticks();
        }
        Answered last = null;
        for (final Command command : new Commands(words, sentence, linesOf, stampsOf, lastHold, rules).of(() -> request(sentence))) {
            if (last != null) {
                assertThat(last.isDone()).as(said).isTrue();
            }
            last = tell(command);
            keep(sentence, command, last);
            keepTickets(sentence, last.events());
        }
        return last;
    }

    /** A command as it is, for what no sentence can say. */
    final Answered tell(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
        final int length = writer.write(command, buffer, 0);
        final Answered answer = teller.tell(core.position() + 1, nowMs, 0, Arrays.copyOf(buffer.byteArray(), length));
        keepOffers(answer.events());
        return answer;
    }

    /** As many as are due, as if they were one. */
    private Answered ticks() {
        Answered all = tell(new Command.Tick(Request.NOBODY));
        while (core.nextDueMs() <= nowMs) {
            final Answered next = tell(new Command.Tick(Request.NOBODY));
            final byte[] events = Arrays.copyOf(all.events(), all.events().length + next.events().length);
            System.arraycopy(next.events(), 0, events, all.events().length, next.events().length);
            all = new Answered(next.position(), next.nowMs(), next.result(), 0, 0, 0, false, events);
        }
        return all;
    }

    /** An offer is called by the name of its application. */
    private void keepOffers(final byte[] frames) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            if (header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId() == OfferMadeDecoder.TEMPLATE_ID) {
                final OfferMadeDecoder offer = new OfferMadeDecoder().wrapAndApplyHeader(buffer, at + EventWriter.FRAME_BYTES, header);
                words.isNumber("hold", words.name("application", offer.applicationId()), offer.holdId());
            }
        }
    }

    /** A ticket is called by the name of its application, or by the one that it was taken by. */
    private void keepTickets(final Sentence sentence, final byte[] frames) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            if (header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId() == TicketQueuedDecoder.TEMPLATE_ID) {
                final TicketQueuedDecoder queued = new TicketQueuedDecoder().wrapAndApplyHeader(buffer, at + EventWriter.FRAME_BYTES, header);
                words.isNumber("ticket", sentence.first(), queued.ticketId());
            }
        }
    }

    final Request request(final Sentence sentence) {
        final long id = sentence.big("id", ++requests);
        return new Request(0, 1, id, sentence.named().containsKey("created") ? Words.instantMs(sentence.named("created", "")) : nowMs,
                sentence.big("seq", 0), sentence.named().containsKey("by") ? words.person(sentence.named("by", "")) : 5, 0, sentence.big("client", 0), Channel.valueOf(sentence.named("via", "ONLINE")));
    }

    final Request request() {
        return request(Sentence.of("plain"));
    }

    /** What later sentences will call by name. */
    private void keep(final Sentence sentence, final Command command, final Answered answer) {
        if (answer.isDone() && command instanceof Command.SetRules set) {
            rules = set.rules();
        }
        if (!answer.isDone() || sentence.plain().isEmpty()) {
            return;
        }
        final String name = sentence.first();
        if (command instanceof Command.SubmitApplication asked) {
            words.isNumber("application", name, answer.number1());
            linesOf.put(name, asked.lines().size());
        } else if (command instanceof Command.WalkIn asked) {
            words.isNumber("appointment", name, answer.number1());
            if (asked.applicationId() == 0) {
                words.isNumber("application", name, applicationIn(answer.events()));
                linesOf.put(name, asked.lines().size());
            }
            keepStamps(name, answer.number3());
        } else if (command instanceof Command.RecordWalkIn asked) {
            words.isNumber("appointment", name, answer.number1());
            if (asked.applicationId() == 0) {
                words.isNumber("application", name, applicationIn(answer.events()));
                linesOf.put(name, asked.lines().size());
            }
            keepStamps(name, answer.number3());
        } else if (command instanceof Command.RecordVisit) {
            words.isNumber("appointment", name, answer.number1());
        } else if (command instanceof Command.Hold) {
            words.isNumber("hold", name, answer.number1());
            lastHold = answer.number1();
            keepStamps(name, answer.number3());
        } else if (command instanceof Command.Confirm) {
            words.isNumber("appointment", name, answer.number1());
            keepStamps(name, answer.number3());
        } else if (command instanceof Command.ImportVisit) {
            words.isNumber("appointment", name, answer.number1());
        } else if (command instanceof Command.ImportStamps asked) {
            keepStamps(name, answer.number1() | (long) asked.stamps().size() << 56);
            words.isNumber("payment", name, answer.number2());
        } else if (command instanceof Command.CloseDays) {
            words.isNumber("closure", name, answer.number1());
        } else if (command instanceof Command.JoinWaitlist) {
            words.isNumber("waiter", name, answer.number1());
        } else if (command instanceof Command.BeginChange) {
            words.isNumber("change", name, answer.number1());
        } else if (command instanceof Command.StartPayment || command instanceof Command.RecordCounterReceipt) {
            words.isNumber("payment", name, answer.number1());
        } else if (command instanceof Command.ReuseStamp) {
            keepStamps(sentence.plain().get(1), answer.number1() | 1L << 56);
        } else if (command instanceof Command.IssueStamps) {
            keepStamps(name, answer.number1() | answer.number2() << 56);
        } else if (command instanceof Command.PublishDay day) {
            words.dayStarts(name, day.day().epochDay(), day.day().startMs());
        } else if (command instanceof Command.AddToChange day) {
            words.dayStarts(sentence.plain().get(1), day.day().epochDay(), day.day().startMs());
        }
    }

    private void keepStamps(final String application, final long firstAndCount) {
        for (long i = 0; i < firstAndCount >>> 56; i++) {
            stampsOf.computeIfAbsent(application, any -> new ArrayList<>()).add((firstAndCount & 0xFF_FFFF_FFFF_FFFFL) + i);
        }
    }

    private static long applicationIn(final byte[] events) {
        return new ApplicationSubmittedDecoder().wrapAndApplyHeader(new UnsafeBuffer(events), EventWriter.FRAME_BYTES, new MessageHeaderDecoder())
                .applicationId();
    }

    // ---- answers in words

    private String text(final String sentence, final Answered answer) {
        final String verb = Arrays.stream(sentence.trim().split("\\s+")).filter(word -> !Words.isInstant(word)).findFirst().orElseThrow();
        final String text = switch (answer.result()) {
            case OK -> switch (verb) {
                case "hold", "choose" -> "HELD until " + Words.text(answer.number2());
                case "confirm", "promise" -> "CONFIRMED for " + Words.text(answer.number2());
                case "wait", "waitEarlier" -> "WAITER " + answer.number1() + " at place " + answer.number2();
                case "reschedule" -> "MOVED to " + Words.text(answer.number2());
                case "checkIn", "walkIn", "take" -> "TICKET " + answer.number2();
                case "assign" -> answer.number1() == 0 ? "GIVEN BACK" : "ASSIGNED until " + Words.text(answer.number1());
                case "next" -> "CALLED " + words.name("ticket", answer.number3());
                case "recordVisit", "recordWalkIn" -> OfflineSentences.recorded(answer);
                default -> MoneySentences.text(verb, answer);
            };
            case OVERFLOW -> "OVERFLOW TICKET " + answer.number2();
            case NOT_YET_RELEASED, HOLD_BUDGET_SPENT, TOO_EARLY, EARLIER_STAMP_OVER, ASSIGNED_TO_OTHER -> answer.result() + " until " + Words.text(answer.number1());
            case PAYMENT_STATE -> answer.result() + " " + PaymentState.get((short) answer.number1());
            case STAMP_ALREADY_CONSUMED -> answer.result() + " at " + Words.text(answer.number1()) + " in " + answer.number2() + OfflineSentences.breakIn(answer);
            case STAMP_STATE -> answer.result() + OfflineSentences.breakIn(answer);
            case TICKET_STATE -> answer.result() + " " + TicketState.get((short) answer.number1());
            case SUPERSEDED -> "SUPERSEDED, it is " + AppointmentState.get((short) answer.number1());
            default -> answer.result() + (answer.number1() == 0 ? "" : " " + answer.number1());
        };
        return answer.repeated() ? "AGAIN " + text : text;
    }

    private static List<String> eventNames(final byte[] frames) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final List<String> names = new ArrayList<>();
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            names.add(EventNames.of(header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId()));
        }
        return names;
    }

    static Command.Rules with(final Command.Rules rules, final Map<String, String> changes) {
        try {
            final RecordComponent[] components = Command.Rules.class.getRecordComponents();
            final Object[] values = new Object[components.length];
            final Class<?>[] types = new Class<?>[components.length];
            final Map<String, String> left = new HashMap<>(changes);
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                final String changed = left.remove(components[i].getName());
                values[i] = changed == null ? components[i].getAccessor().invoke(rules)
                        : types[i] == int.class ? (Object) Integer.parseInt(changed) : (Object) Long.parseLong(changed);
            }
            assertThat(left.keySet()).as("rules that do not exist").isEmpty();
            return Command.Rules.class.getDeclaredConstructor(types).newInstance(values);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

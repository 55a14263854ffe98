package org.mawid.engine.readmodel.closures;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.CoreSlices;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.sbe.AcceptedPostsRecordDecoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.ClosureInForceDecoder;
import org.mawid.sbe.ClosureRecordDecoder;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.DaysClosedDecoder;
import org.mawid.sbe.DaysReopenedDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.NoRoomFoundDecoder;
import org.mawid.sbe.OfferLapsedDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.OfferRulesSetDecoder;
import org.mawid.sbe.PostsAcceptedDecoder;
import org.mawid.sbe.WaiterRecordDecoder;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitingEndedDecoder;
import org.mawid.sbe.WaitingReducedDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;
import org.mawid.sbe.WaitlistRulesSetDecoder;

/** Closures and those who wait, fed by one thread and read by any. */
public final class LiveClosures implements ClosuresView {
    private static final long HOUR_MS = 3_600_000L;
    /** In force before any were set, see SetOfferRules in the schema. */
    private static final OfferRules DEFAULT_RULES = new OfferRules(48 * HOUR_MS, 2 * HOUR_MS, 120, 3);
    /** The same of SetWaitlistRules. */
    private static final WaitlistRules DEFAULT_WAITLIST_RULES = new WaitlistRules(4 * HOUR_MS, 2 * HOUR_MS, 2 * HOUR_MS, 1_000_000, 65_536, 3, 2, 4);
    private static final int HOLDS_AT_ONCE = 1_000;
    /** By template id: messages that say something about closures or waiting. */
    private static final boolean[] CONCERNS = new boolean[512];

    static {
        for (final int templateId : new int[] {DaysClosedDecoder.TEMPLATE_ID, ClosureInForceDecoder.TEMPLATE_ID, DaysReopenedDecoder.TEMPLATE_ID,
                PostsAcceptedDecoder.TEMPLATE_ID, HoldReleasedDecoder.TEMPLATE_ID, WaitingBegunDecoder.TEMPLATE_ID, OfferMadeDecoder.TEMPLATE_ID, NoRoomFoundDecoder.TEMPLATE_ID,
                OfferLapsedDecoder.TEMPLATE_ID, WaitingEndedDecoder.TEMPLATE_ID, OfferRulesSetDecoder.TEMPLATE_ID, ApplicationRetiredDecoder.TEMPLATE_ID,
                ClosureRecordDecoder.TEMPLATE_ID, WaiterRecordDecoder.TEMPLATE_ID, AcceptedPostsRecordDecoder.TEMPLATE_ID, WaitlistJoinedDecoder.TEMPLATE_ID,
                WaitingReducedDecoder.TEMPLATE_ID, WaitlistRulesSetDecoder.TEMPLATE_ID}) {
            CONCERNS[templateId] = true;
        }
    }

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        private final ConcurrentSkipListMap<Long, Closure> closures = new ConcurrentSkipListMap<>();
        private final Waiters waiters = new Waiters();
        private final ConcurrentHashMap<Long, List<Integer>> acceptedPosts = new ConcurrentHashMap<>();
        private volatile OfferRules rules = DEFAULT_RULES;
        private volatile WaitlistRules waitlistRules = DEFAULT_WAITLIST_RULES;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldReleasedDecoder released = new HoldReleasedDecoder();
    private final ApplicationRetiredDecoder retired = new ApplicationRetiredDecoder();
    private final CoreSlices core = new CoreSlices();
    private Present fed = new Present();
    private volatile Present shown = fed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Present();
    }

    /** From now on the core can be asked for what events do not say. */
    public void start(final RecordsSource from) {
        core.askFrom(from);
    }

    /** One event or record with its header; what says nothing about closures is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (templateId >= CONCERNS.length || !CONCERNS[templateId]) {
            return; // nearly all: a million a second at the peak
        }
        switch (templateId) {
            case HoldReleasedDecoder.TEMPLATE_ID -> fed.waiters.released(released.wrapAndApplyHeader(buffer, offset, header).holdId());
            case ApplicationRetiredDecoder.TEMPLATE_ID -> {
                if (!fed.acceptedPosts.isEmpty()) {
                    fed.acceptedPosts.remove(retired.wrapAndApplyHeader(buffer, offset, header).applicationId());
                }
            }
            case WaitingBegunDecoder.TEMPLATE_ID -> {
                final WaitingBegunDecoder event = new WaitingBegunDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.waiters.begun(event);
                fed.closures.computeIfPresent(event.closureId(), (id, one) -> with(one, ClosureState.CLOSING, one.displaced() + 1, 0));
            }
            case WaitlistJoinedDecoder.TEMPLATE_ID -> fed.waiters.joined(new WaitlistJoinedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case WaitingReducedDecoder.TEMPLATE_ID -> {
                final WaitingReducedDecoder event = new WaitingReducedDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.waiters.reduced(event.waiterId(), event.lines());
            }
            case WaitlistRulesSetDecoder.TEMPLATE_ID -> {
                final WaitlistRulesSetDecoder event = new WaitlistRulesSetDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.waitlistRules = new WaitlistRules(event.offerTtlMs(), event.noticeMs(), event.coolingLeadMs(), event.maxWaiters(), event.maxCoolings(),
                        event.entriesEach(), event.offersEach(), event.spentEach());
            }
            case OfferMadeDecoder.TEMPLATE_ID -> fed.waiters.offered(new OfferMadeDecoder().wrapAndApplyHeader(buffer, offset, header));
            case NoRoomFoundDecoder.TEMPLATE_ID -> fed.waiters.noRoom(new NoRoomFoundDecoder().wrapAndApplyHeader(buffer, offset, header).waiterId());
            case OfferLapsedDecoder.TEMPLATE_ID -> fed.waiters.lapsed(new OfferLapsedDecoder().wrapAndApplyHeader(buffer, offset, header).waiterId());
            case WaitingEndedDecoder.TEMPLATE_ID -> fed.waiters.ended(new WaitingEndedDecoder().wrapAndApplyHeader(buffer, offset, header).waiterId());
            case WaiterRecordDecoder.TEMPLATE_ID -> fed.waiters.record(new WaiterRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OfferRulesSetDecoder.TEMPLATE_ID -> {
                final OfferRulesSetDecoder event = new OfferRulesSetDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.rules = new OfferRules(event.offerTtlMs(), event.noticeMs(), event.searchDays(), event.offersEach());
            }
            case PostsAcceptedDecoder.TEMPLATE_ID -> {
                final PostsAcceptedDecoder event = new PostsAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header);
                final List<Integer> posts = new ArrayList<>();
                event.posts().forEach(post -> posts.add(post.postId()));
                accept(event.applicationId(), posts);
            }
            case AcceptedPostsRecordDecoder.TEMPLATE_ID -> {
                final AcceptedPostsRecordDecoder record = new AcceptedPostsRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                final List<Integer> posts = new ArrayList<>();
                record.posts().forEach(post -> posts.add(post.postId()));
                accept(record.applicationId(), posts);
            }
            default -> closure(templateId, buffer, offset);
        }
    }

    private void closure(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case DaysClosedDecoder.TEMPLATE_ID -> {
                final DaysClosedDecoder event = new DaysClosedDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.closures.put(event.closureId(), new Closure(event.closureId(), event.head().postId(), event.poolId(), event.fromMs(), event.toMs(), event.capacity(),
                        event.reasonCode(), event.reasonHash(), event.head().nowMs(), ClosureState.CLOSING, 0, 0));
            }
            case ClosureRecordDecoder.TEMPLATE_ID -> {
                final ClosureRecordDecoder record = new ClosureRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                final boolean inForce = record.state() == ClosureState.IN_FORCE;
                fed.closures.put(record.closureId(), new Closure(record.closureId(), record.postId(), record.poolId(), record.fromMs(), record.toMs(), record.capacity(),
                        record.reasonCode(), record.reasonHash(), record.beganMs(), inForce ? ClosureState.IN_FORCE : ClosureState.CLOSING, record.displaced(),
                        inForce ? record.holds() : 0));
            }
            case ClosureInForceDecoder.TEMPLATE_ID -> {
                final ClosureInForceDecoder event = new ClosureInForceDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.closures.computeIfPresent(event.closureId(), (id, one) -> with(one, ClosureState.IN_FORCE, event.displaced(), event.holds()));
            }
            case DaysReopenedDecoder.TEMPLATE_ID -> fed.closures.remove(new DaysReopenedDecoder().wrapAndApplyHeader(buffer, offset, header).closureId());
            default -> { }
        }
    }

    private static Closure with(final Closure one, final ClosureState state, final long displaced, final long holds) {
        return new Closure(one.closureId(), one.postId(), one.poolId(), one.fromMs(), one.toMs(), one.capacity(), one.reasonCode(), one.reasonHash(), one.begunMs(), state,
                displaced, holds);
    }

    private void accept(final long applicationId, final List<Integer> posts) {
        if (posts.isEmpty()) {
            fed.acceptedPosts.remove(applicationId);
        } else {
            fed.acceptedPosts.put(applicationId, List.copyOf(posts));
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (shown != fed) {
            shown = fed;
        }
    }

    // ---- readers: any thread ----

    @Override
    public List<Closure> closures(final int postId) {
        return shown.closures.values().stream().filter(one -> postId == 0 || one.postId() == postId).toList();
    }

    @Override
    public Closure closure(final long closureId) {
        return shown.closures.get(closureId);
    }

    @Override
    public List<Waiter> waiters(final long applicationId) {
        return shown.waiters.of(applicationId);
    }

    @Override
    public List<Waiter> queue(final int postId, final int max) {
        return shown.waiters.queue(postId, max);
    }

    @Override
    public int waiting(final int postId) {
        return shown.waiters.count(postId);
    }

    @Override
    public int before(final Waiter waiter) {
        return shown.waiters.before(waiter);
    }

    @Override
    public List<Integer> acceptedPosts(final long applicationId) {
        return shown.acceptedPosts.getOrDefault(applicationId, List.of());
    }

    @Override
    public OfferRules offerRules() {
        return shown.rules;
    }

    @Override
    public WaitlistRules waitlistRules() {
        return shown.waitlistRules;
    }

    @Override
    public CompletableFuture<List<HeldVisit>> holds(final int postId) {
        final HeldVisits found = new HeldVisits(postId);
        return core.all(RecordsSource.Table.HOLDS, 1, HOLDS_AT_ONCE, found::read).thenApply(position -> found.all());
    }
}

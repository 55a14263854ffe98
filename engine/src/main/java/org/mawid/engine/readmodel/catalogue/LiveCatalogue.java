package org.mawid.engine.readmodel.catalogue;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.catalogue.Picture.Serving;
import org.mawid.engine.readmodel.catalogue.Picture.Tariffs;
import org.mawid.engine.stamp.Price;
import org.mawid.sbe.ChangeAbandonedDecoder;
import org.mawid.sbe.ChangeAppliedDecoder;
import org.mawid.sbe.ChangeBegunDecoder;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.CoolingSetDecoder;
import org.mawid.sbe.DayPublishedDecoder;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.DayStagedDecoder;
import org.mawid.sbe.DeskServiceSetDecoder;
import org.mawid.sbe.FeeTimeSetDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PostDefinedDecoder;
import org.mawid.sbe.PostRecordDecoder;
import org.mawid.sbe.RateSetDecoder;
import org.mawid.sbe.RulesSetDecoder;
import org.mawid.sbe.ServiceDefinedDecoder;
import org.mawid.sbe.ServiceDocumentsSetDecoder;
import org.mawid.sbe.TariffSetDecoder;

/** The catalogue, fed by one thread and read by any. */
public final class LiveCatalogue implements CatalogueView {
    private static final int POSTS = 4_096;
    private static final int UNIT_MINUTES = 5;
    /** By template id: messages that say something about the catalogue. */
    private static final boolean[] CONCERNS = new boolean[256];

    static {
        for (final int templateId : new int[] {PostDefinedDecoder.TEMPLATE_ID, PostRecordDecoder.TEMPLATE_ID, PoolDefinedDecoder.TEMPLATE_ID,
                ServiceDefinedDecoder.TEMPLATE_ID, DeskServiceSetDecoder.TEMPLATE_ID, TariffSetDecoder.TEMPLATE_ID, RateSetDecoder.TEMPLATE_ID, FeeTimeSetDecoder.TEMPLATE_ID, CoolingSetDecoder.TEMPLATE_ID, ServiceDocumentsSetDecoder.TEMPLATE_ID,
                RulesSetDecoder.TEMPLATE_ID, DayPublishedDecoder.TEMPLATE_ID, DayRecordDecoder.TEMPLATE_ID, DayStagedDecoder.TEMPLATE_ID,
                ChangeBegunDecoder.TEMPLATE_ID, ChangeAppliedDecoder.TEMPLATE_ID, ChangeAbandonedDecoder.TEMPLATE_ID, ChangeRecordDecoder.TEMPLATE_ID}) {
            CONCERNS[templateId] = true;
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DayPublishedDecoder dayPublished = new DayPublishedDecoder();
    private final ChangeAppliedDecoder changeApplied = new ChangeAppliedDecoder();
    private final PostRecordDecoder postRecord = new PostRecordDecoder();
    /** Beside the picture: a year's import changes them hundreds of thousands of times. */
    private final AtomicIntegerArray calendarVersions = new AtomicIntegerArray(POSTS);
    private final OpenChanges openChanges = new OpenChanges();
    private volatile Picture picture = Picture.EMPTY;
    private Draft draft = new Draft();
    private boolean changed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        draft = new Draft();
        openChanges.beginRebuild();
        changed = true;
    }

    /** One event or record with its header; what says nothing about the catalogue is passed over. */
    public void onMessage(final long nowMs, final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (templateId >= CONCERNS.length || !CONCERNS[templateId]) {
            return; // nearly all: a million a second at the peak
        }
        changed |= draft.read(nowMs, buffer, offset);
        openChanges.read(buffer, offset);
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case DayPublishedDecoder.TEMPLATE_ID -> {
                dayPublished.wrapAndApplyHeader(buffer, offset, header);
                calendarVersions.setRelease(dayPublished.head().postId(), (int) dayPublished.version());
            }
            case ChangeAppliedDecoder.TEMPLATE_ID -> {
                changeApplied.wrapAndApplyHeader(buffer, offset, header);
                calendarVersions.setRelease(changeApplied.head().postId(), (int) changeApplied.version());
            }
            case PostRecordDecoder.TEMPLATE_ID -> {
                postRecord.wrapAndApplyHeader(buffer, offset, header);
                calendarVersions.setRelease(postRecord.postId(), (int) postRecord.calendarVersion());
            }
            default -> { }
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (changed) {
            picture = draft.picture();
            openChanges.show();
            changed = false;
        }
    }

    // ---- readers: any thread ----

    @Override
    public List<Post> posts() {
        return picture.posts.values().stream().map(this::present).toList();
    }

    @Override
    public List<Service> services() {
        return picture.serviceList;
    }

    @Override
    public List<Pool> pools(final int postId) {
        return picture.poolsByPost.getOrDefault(postId, List.of()).stream().map(Serving::pool).toList();
    }

    @Override
    public Post post(final int postId) {
        return present(picture.posts.get(postId));
    }

    @Override
    public Post post(final String code) {
        return present(picture.postsByCode.get(code));
    }

    private Post present(final Post post) {
        return post == null ? null : new Post(post.postId(), post.code(), post.currency(), post.minorDigits(), post.roundToMinor(),
                post.microMadPerUnit(), calendarVersions.getAcquire(post.postId()));
    }

    @Override
    public Service service(final int serviceId) {
        return picture.services.get(serviceId);
    }

    @Override
    public Service service(final String code) {
        return picture.servicesByCode.get(code);
    }

    @Override
    public Pool pool(final int poolId) {
        final Serving serving = picture.pools.get(poolId);
        return serving == null ? null : serving.pool();
    }

    @Override
    public List<Pool> desksFor(final int postId, final int... serviceIds) {
        return picture.poolsByPost.getOrDefault(postId, List.of()).stream()
                .filter(serving -> serving.pool().kind() == PoolKind.DESK && servesAll(serving, serviceIds))
                .map(Serving::pool)
                .toList();
    }

    private static boolean servesAll(final Serving serving, final int[] serviceIds) {
        for (final int serviceId : serviceIds) {
            if (serviceId < 1 || serviceId > 128 || !serving.serves(serviceId)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Desk desk(final int deskId) {
        final Picture now = picture;
        final Serving serving = now.pools.get(deskId);
        if (serving == null || serving.pool().kind() != PoolKind.DESK) {
            return null;
        }
        final List<Service> services = now.serviceList.stream().filter(service -> serving.serves(service.serviceId())).toList();
        // A seat for each person is always needed where the post has seats.
        final int kinds = services.isEmpty() ? 0 : services.stream().mapToInt(Service::resourceKinds).reduce(1 << PoolKind.RECEPTION_SEAT.value(), (a, b) -> a | b);
        final List<Pool> resources = now.poolsByPost.get(serving.pool().postId()).stream().map(Serving::pool)
                .filter(pool -> pool.kind() != PoolKind.DESK && (kinds >>> pool.kind().value() & 1) != 0)
                .toList();
        return new Desk(serving.pool(), services, resources);
    }

    @Override
    public List<Tariff> tariffs(final int serviceId) {
        final Tariffs tariffs = picture.tariffs.get(serviceId);
        return tariffs == null ? List.of() : tariffs.kept();
    }

    @Override
    public Tariff tariff(final int serviceId, final long nowMs) {
        final Tariffs tariffs = picture.tariffs.get(serviceId);
        return tariffs == null ? null : tariffs.inForce(nowMs);
    }

    @Override
    public List<OpenChange> openChanges() {
        final List<OpenChange> changes = openChanges.all();
        final Picture now = picture;
        return changes.stream().filter(change -> now.posts.containsKey(change.postId())).toList(); // a post may be new, and not shown before its batch ends
    }

    @Override
    public Rules rules() {
        return picture.rules;
    }

    @Override
    public SearchPlan plan(final List<SearchPlan.Need> needs) {
        if (needs.isEmpty()) {
            throw new IllegalArgumentException("nothing is needed");
        }
        final Picture now = picture;
        final Map<Long, Integer> minutes = new HashMap<>();
        final Map<Long, Integer> kinds = new HashMap<>();
        for (final SearchPlan.Need need : needs) {
            final Service service = now.services.get(need.serviceId());
            if (service == null) {
                return null;
            }
            minutes.merge(need.person(), service.durationMinutes() * need.quantity(), Integer::sum);
            kinds.merge(need.person(), service.resourceKinds(), (a, b) -> a | b);
        }
        int places = 0;
        for (int kind = 1; kind <= 3; kind++) {
            final int bit = 1 << kind;
            places = SearchPlan.withPlaces(places, kind, (int) kinds.values().stream().filter(needed -> (needed & bit) != 0).count());
        }
        final int most = minutes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        return new SearchPlan(minutes.size(), (most + UNIT_MINUTES - 1) / UNIT_MINUTES, places);
    }

    @Override
    public Quote quote(final int postId, final int serviceId, final int quantity, final long nowMs) {
        final Picture now = picture;
        final Post post = now.posts.get(postId);
        final Tariffs tariffs = now.tariffs.get(serviceId);
        final Tariff tariff = tariffs == null ? null : tariffs.inForce(nowMs);
        if (post == null || tariff == null) {
            return null;
        }
        final long amountCentimes = Price.amountCentimes(tariff.unitCentimes(), quantity);
        if (amountCentimes == 0) {
            return new Quote(0, 0, post.currency(), post.microMadPerUnit(), tariff.version()); // free in every currency
        }
        if (post.microMadPerUnit() == 0) {
            return null;
        }
        final long localMinor = Price.localMinor(amountCentimes, post.minorDigits(), post.microMadPerUnit(), post.roundToMinor());
        return new Quote(amountCentimes, localMinor, post.currency(), post.microMadPerUnit(), tariff.version());
    }
}

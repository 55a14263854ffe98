package org.mawid.api.inventory;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ChannelPlaces;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.BeginChangeReply;
import org.mawid.grpc.Day;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.KeptPlaces;
import org.mawid.grpc.ListChangesReply;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.OpenChange;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.SetCapacity;
import org.mawid.sbe.Result;

/** Days and capacity over gRPC. On the server's event loops. */
public final class InventoryGrpc extends InventoryServiceGrpc.InventoryServiceImplBase {
    private final Calls calls;
    private final ThreadLocal<InventoryMapping> mapping = ThreadLocal.withInitial(InventoryMapping::new);

    public InventoryGrpc(final Calls calls) {
        this.calls = calls;
    }

    @Override
    public void publishDay(final PublishDay message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.PUBLISH_DAY, mapping.get().publishDay(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setCapacity(final SetCapacity message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_CAPACITY, mapping.get().setCapacity(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void beginChange(final BeginChange message, final StreamObserver<BeginChangeReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.BEGIN_CHANGE, mapping.get().beginChange(worker.draft(), message), observer,
                answer -> BeginChangeReply.newBuilder().setChange(answer.reference(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void addToChange(final AddToChange message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ADD_TO_CHANGE, mapping.get().addToChange(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void applyChange(final ApplyChange message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.APPLY_CHANGE, mapping.get().applyChange(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void abandonChange(final AbandonChange message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ABANDON_CHANGE, mapping.get().abandonChange(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void listChanges(final ListChangesRequest message, final StreamObserver<ListChangesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final CatalogueView catalogue = calls.readModel().catalogue();
            final ListChangesReply.Builder reply = ListChangesReply.newBuilder().setPosition(calls.readModel().position());
            final int postId = message.getPostId();
            if (postId != 0 && catalogue.post(postId) == null) {
                return null;
            }
            for (final CatalogueView.OpenChange change : catalogue.openChanges()) {
                if (postId == 0 || postId == change.postId()) {
                    reply.addChanges(OpenChange.newBuilder().setChange(calls.references().text(ReferenceKind.CHANGE, change.changeId()))
                            .setPostId(change.postId()).setStagedDays(change.days()).setFirstEpochDay(change.firstEpochDay())
                            .setLastEpochDay(change.lastEpochDay()).setBegunPosition(change.begunPosition()).setBegunMs(change.begunMs())
                            .setCalendarVersion(catalogue.post(change.postId()).calendarVersion()));
                }
            }
            return reply.build();
        });
    }

    @Override
    public void getDay(final GetDayRequest message, final StreamObserver<Day> observer) {
        calls.read(message.getMinPosition(), observer, Result.SLOT_UNKNOWN, () -> {
            final Availability.DayView view = calls.readModel().availability().day(message.getPoolId(), message.getEpochDay());
            return view == null ? null : day(view);
        });
    }

    /** Also what a watch begins with. */
    public static Day day(final Availability.DayView view) {
        final Day.Builder day = Day.newBuilder().setPoolId(view.poolId()).setEpochDay(view.epochDay()).setStartMs(view.startMs())
                .setReleasedAtMs(view.releasedAtMs()).setAlignUnits(view.alignUnits()).setPosition(view.position());
        for (int unit = 0; unit < view.room().length; unit++) {
            day.addRoom(view.room()[unit]).addOpen(view.open()[unit]);
        }
        for (final int places : view.withheld()) {
            day.addWithheld(places);
        }
        for (int quotaClass = 1; quotaClass <= ChannelPlaces.CLASSES; quotaClass++) {
            if (view.channels().has(quotaClass)) {
                day.addKept(kept(view, quotaClass));
            }
        }
        for (final int places : view.overbooked().places()) {
            day.addOverbooked(places);
        }
        day.setOverbookedUntilMs(view.overbooked().untilMs());
        return day.build();
    }

    private static KeptPlaces kept(final Availability.DayView view, final int quotaClass) {
        final KeptPlaces.Builder kept = KeptPlaces.newBuilder().setQuotaClassValue(quotaClass).setSpillMs(view.channels().spillMs(quotaClass));
        for (int unit = 0; unit < view.open().length; unit++) {
            kept.addKept(view.channels().kept(quotaClass, unit)).addTaken(view.channels().taken(quotaClass, unit));
        }
        return kept.build();
    }
}

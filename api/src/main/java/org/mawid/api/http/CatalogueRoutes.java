package org.mawid.api.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.catalogue.CatalogueMapping;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.FeeTime;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Request;
import org.mawid.grpc.ServiceScope;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetFeeTime;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SetServiceDocuments;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.TariffComponent;

/** Posts, pools, services, tariffs, rates and rules. */
final class CatalogueRoutes {
    private static final int KINDS = 4;

    private CatalogueRoutes() {
    }

    // ---- reading

    static JsonObject posts(final Call call) {
        final long position = call.loop().readModel().position();
        final JsonArray posts = new JsonArray();
        call.loop().catalogue().posts().forEach(post -> posts.add(post(call, post)));
        return new JsonObject().put("posts", posts).put("position", position);
    }

    static JsonObject post(final Call call) {
        final long position = call.loop().readModel().position();
        return post(call, call.post(call.text("post"))).put("position", position);
    }

    static JsonObject pools(final Call call) {
        final long position = call.loop().readModel().position();
        final int postId = call.post(call.text("post")).postId();
        final JsonArray pools = new JsonArray();
        final int[] services = call.list("services").stream().mapToInt(service -> call.service((String) service).serviceId()).toArray();
        for (final CatalogueView.Pool pool : services.length == 0
                ? call.loop().catalogue().pools(postId) : call.loop().catalogue().desksFor(postId, services)) {
            pools.add(pool(call, pool));
        }
        return new JsonObject().put("pools", pools).put("position", position);
    }

    static JsonObject services(final Call call) {
        final long position = call.loop().readModel().position();
        final JsonArray services = new JsonArray();
        for (final CatalogueView.Service service : call.loop().catalogue().services()) {
            services.add(service(service, call.loop().catalogue().tariff(service.serviceId(), call.loop().gateway().nowMs())));
        }
        return new JsonObject().put("services", services).put("position", position);
    }

    static JsonObject tariffs(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView catalogue = call.loop().catalogue();
        final long nowMs = call.loop().gateway().nowMs();
        final JsonArray tariffs = new JsonArray();
        for (final CatalogueView.Service service : call.has("service") ? List.of(call.service(call.text("service"))) : catalogue.services()) {
            final CatalogueView.Tariff inForce = catalogue.tariff(service.serviceId(), nowMs);
            catalogue.tariffs(service.serviceId()).forEach(tariff -> tariffs.add(tariff(tariff, tariff.equals(inForce))));
        }
        return new JsonObject().put("tariffs", tariffs).put("position", position);
    }

    /** With the body of the PUT that set it. */
    private static JsonObject tariff(final CatalogueView.Tariff tariff, final boolean inForce) {
        final JsonArray components = new JsonArray();
        tariff.parts().forEach(part -> components.add(
                new JsonObject().put("beneficiary", part.beneficiary().name()).put("amountCentimes", part.amountCentimes())));
        return new JsonObject().put("serviceId", tariff.serviceId()).put("version", tariff.version())
                .put("tariff", new JsonObject().put("validFromMs", tariff.validFromMs()).put("components", components))
                .put("inForce", inForce).put("unitCentimes", tariff.unitCentimes());
    }

    static JsonObject deskServices(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView.Desk desk = call.loop().catalogue().desk(call.integer("deskId"));
        if (desk == null) {
            return null;
        }
        final long nowMs = call.loop().gateway().nowMs();
        final JsonArray services = new JsonArray();
        desk.services().forEach(service -> services.add(service(service, call.loop().catalogue().tariff(service.serviceId(), nowMs))));
        final JsonArray resources = new JsonArray();
        desk.resources().forEach(resource -> resources.add(pool(call, resource)));
        final JsonArray alignUnits = new JsonArray();
        Arrays.stream(call.loop().readModel().availability().alignments(desk.pool().poolId())).forEach(alignUnits::add);
        return new JsonObject().put("desk", pool(call, desk.pool())).put("services", services).put("resources", resources)
                .put("alignUnits", alignUnits).put("position", position);
    }

    /** As the body of the PUT that would set them again. */
    static JsonObject rules(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView.Rules rules = call.loop().catalogue().rules();
        if (rules == null) {
            return null;
        }
        final SetRules command = CatalogueMapping.command(rules);
        final JsonObject json = new JsonObject();
        for (final FieldDescriptor field : SetRules.getDescriptor().getFields()) {
            if (field.getNumber() != SetRules.REQUEST_FIELD_NUMBER) {
                json.put(field.getJsonName(), command.getField(field));
            }
        }
        return new JsonObject().put("rules", json).put("position", position);
    }

    private static JsonObject post(final Call call, final CatalogueView.Post post) {
        return new JsonObject().put("postId", post.postId()).put("code", post.code()).put("currency", post.currency())
                .put("minorDigits", post.minorDigits()).put("roundToMinor", post.roundToMinor())
                .put("microMadPerUnit", post.microMadPerUnit()).put("calendarVersion", post.calendarVersion())
                .put("zone", call.loop().zone(post.postId()).getId());
    }

    private static JsonObject pool(final Call call, final CatalogueView.Pool pool) {
        final JsonObject json = new JsonObject().put("poolId", pool.poolId()).put("postId", pool.postId()).put("kind", pool.kind().name()).put("code", pool.code());
        return placed(call, pool.poolId(), json);
    }

    /** With the place of a mobile desk. */
    static JsonObject placed(final Call call, final int deskId, final JsonObject json) {
        final String place = call.loop().place(deskId);
        return place == null ? json : json.put("place", place);
    }

    private static JsonObject service(final CatalogueView.Service service, final CatalogueView.Tariff tariff) {
        final JsonArray kinds = new JsonArray();
        for (int kind = 1; kind < KINDS; kind++) {
            if ((service.resourceKinds() >>> kind & 1) != 0) {
                kinds.add(org.mawid.sbe.PoolKind.get((short) kind).name());
            }
        }
        final JsonObject json = new JsonObject().put("serviceId", service.serviceId()).put("code", service.code())
                .put("durationMinutes", service.durationMinutes()).put("scope", service.scope().name())
                .put("validationRequired", service.validationRequired()).put("appointmentRequired", service.appointmentRequired())
                .put("urgent", service.urgent()).put("resourceKinds", kinds).put("quantityMax", service.quantityMax())
                .put("feeTime", service.feeTime().name())
                .put("documentKinds", new JsonArray(DocumentKinds.names(service.documents().kinds()))).put("documentsValidate", service.documents().validate())
                .put("unitCentimes", tariff == null ? 0 : tariff.unitCentimes()).put("tariffVersion", tariff == null ? 0 : tariff.version());
        return service.cooling() == null ? json : json.put("coolingMinMs", service.cooling().minMs()).put("coolingMaxMs", service.cooling().maxMs());
    }

    // ---- writing

    static void definePost(final Call call, final Request request, final Command.Builder command) {
        command.setDefinePost(DefinePost.newBuilder().setRequest(request)
                .setPostId(call.integer("postId"))
                .setCode(call.body().getString("code"))
                .setCurrency(call.body().getString("currency"))
                .setMinorDigits(call.body().getInteger("minorDigits"))
                .setRoundToMinor(call.body().getInteger("roundToMinor")));
    }

    static void setRate(final Call call, final Request request, final Command.Builder command) {
        command.setSetRate(SetRate.newBuilder().setRequest(request)
                .setPostId(call.integer("postId"))
                .setMicroMadPerUnit(call.body().getLong("microMadPerUnit")));
    }

    static void definePool(final Call call, final Request request, final Command.Builder command) {
        command.setDefinePool(DefinePool.newBuilder().setRequest(request)
                .setPoolId(call.integer("poolId"))
                .setPostId(call.body().getInteger("postId"))
                .setKind(kind(call.body().getString("kind")))
                .setCode(call.body().getString("code")));
    }

    static void defineService(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        int kinds = 0;
        for (final Object kind : body.getJsonArray("resourceKinds")) {
            kinds |= 1 << kind((String) kind).getNumber();
        }
        command.setDefineService(DefineService.newBuilder().setRequest(request)
                .setServiceId(call.integer("serviceId"))
                .setCode(body.getString("code"))
                .setDurationMinutes(body.getInteger("durationMinutes"))
                .setScope(ServiceScope.valueOf("SERVICE_SCOPE_" + body.getString("scope")))
                .setValidationRequired(body.getBoolean("validationRequired"))
                .setAppointmentRequired(body.getBoolean("appointmentRequired"))
                .setUrgent(body.getBoolean("urgent"))
                .setResourceKinds(kinds)
                .setQuantityMax(body.getInteger("quantityMax")));
    }

    static void setDeskService(final Call call, final Request request, final Command.Builder command) {
        command.setSetDeskService(SetDeskService.newBuilder().setRequest(request)
                .setDeskId(call.integer("deskId"))
                .setServiceId(call.integer("serviceId"))
                .setServes(call.body().getBoolean("serves")));
    }

    static void setServiceDocuments(final Call call, final Request request, final Command.Builder command) {
        command.setSetServiceDocuments(SetServiceDocuments.newBuilder().setRequest(request)
                .setServiceId(call.integer("serviceId"))
                .addAllKindsValue(Bodies.documentKinds(call.body()))
                .setValidates(call.body().getBoolean("validates")));
    }

    static void setFeeTime(final Call call, final Request request, final Command.Builder command) {
        command.setSetFeeTime(SetFeeTime.newBuilder().setRequest(request)
                .setServiceId(call.integer("serviceId"))
                .setFeeTime(FeeTime.valueOf("FEE_TIME_" + call.body().getString("feeTime"))));
    }

    static void setTariff(final Call call, final Request request, final Command.Builder command) {
        final SetTariff.Builder tariff = SetTariff.newBuilder().setRequest(request)
                .setServiceId(call.integer("serviceId"))
                .setVersion(call.integer("version"))
                .setValidFromMs(call.body().getLong("validFromMs"));
        for (final Object each : call.body().getJsonArray("components")) {
            final JsonObject component = (JsonObject) each;
            tariff.addComponents(TariffComponent.newBuilder()
                    .setBeneficiary(Beneficiary.valueOf("BENEFICIARY_" + component.getString("beneficiary")))
                    .setAmountCentimes(component.getLong("amountCentimes")));
        }
        command.setSetTariff(tariff);
    }

    static void setRules(final Call call, final Request request, final Command.Builder command) {
        final JsonObject body = call.body();
        command.setSetRules(SetRules.newBuilder().setRequest(request)
                .setHoldTtlMs(body.getLong("holdTtlMs"))
                .setHoldBudgetRefillMs(body.getLong("holdBudgetRefillMs"))
                .setValidationTtlMs(body.getLong("validationTtlMs"))
                .setRememberMs(body.getLong("rememberMs"))
                .setCreatedSkewMs(body.getLong("createdSkewMs"))
                .setCheckInEarlyMs(body.getLong("checkInEarlyMs"))
                .setNoShowGraceMs(body.getLong("noShowGraceMs"))
                .setRetainMs(body.getLong("retainMs"))
                .setMaxApplications(body.getInteger("maxApplications"))
                .setMaxLines(body.getInteger("maxLines"))
                .setMaxPersons(body.getInteger("maxPersons"))
                .setMaxAppointments(body.getInteger("maxAppointments"))
                .setMaxHolds(body.getInteger("maxHolds"))
                .setMaxLegs(body.getInteger("maxLegs"))
                .setMaxStamps(body.getInteger("maxStamps"))
                .setMaxDays(body.getInteger("maxDays"))
                .setMaxRequests(body.getInteger("maxRequests"))
                .setMaxClients(body.getInteger("maxClients"))
                .setMaxChanges(body.getInteger("maxChanges"))
                .setHorizonDays(body.getInteger("horizonDays"))
                .setExpiredPerTick(body.getInteger("expiredPerTick"))
                .setHoldsPerPerson(body.getInteger("holdsPerPerson"))
                .setHoldBudget(body.getInteger("holdBudget"))
                .setOpenLinesPerPerson(body.getInteger("openLinesPerPerson"))
                .setReschedulesPerAppointment(body.getInteger("reschedulesPerAppointment")));
    }

    private static PoolKind kind(final String name) {
        return PoolKind.valueOf("POOL_KIND_" + name);
    }
}

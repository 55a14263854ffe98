package org.mawid.api.identity.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import org.mawid.api.identity.IdentityJson;
import org.mawid.api.identity.KnownPerson;
import org.mawid.grpc.IdentityKind;
import org.mawid.grpc.PersonIdentity;
import org.mawid.grpc.PersonProfile;
import org.mawid.grpc.Sex;

/** Messages of the contract as the JSON that is sealed, and back: the names are the same, and what is not said is not there. */
final class IdentityMessages {
    private static final String KIND = "IDENTITY_KIND_";
    private static final String SEX = "SEX_";

    private IdentityMessages() {
    }

    static boolean isKnown(final PersonIdentity identity) {
        return identity.getKind().getNumber() > 0 && identity.getRank() >= 0;
    }

    static boolean isKnown(final PersonProfile profile) {
        return profile.getSex() != Sex.UNRECOGNIZED;
    }

    static String word(final IdentityKind kind) {
        return kind.name().substring(KIND.length());
    }

    static IdentityKind kind(final org.mawid.api.sealed.IdentityKind kind) {
        return IdentityKind.valueOf(KIND + IdentityJson.word(kind));
    }

    static JsonObject json(final Message message) {
        final JsonObject json = new JsonObject();
        message.getAllFields().forEach((field, value) -> json.put(field.getJsonName(), switch (field.getType()) {
            case ENUM -> bareName(value.toString());
            case FIXED64 -> HexFormat.of().toHexDigits((Long) value);
            default -> value;
        }));
        return json;
    }

    private static String bareName(final String name) {
        return name.startsWith(KIND) ? name.substring(KIND.length()) : name.substring(SEX.length());
    }

    /** @param isWhole as {@link KnownPerson#json} */
    static org.mawid.grpc.KnownPerson message(final KnownPerson known, final boolean isWhole) {
        final JsonObject json = known.json(isWhole);
        final org.mawid.grpc.KnownPerson.Builder message = org.mawid.grpc.KnownPerson.newBuilder().setPerson(known.person());
        if (json.containsKey("profile")) {
            fill(message.getProfileBuilder(), json.getJsonObject("profile"));
        }
        final JsonArray identities = json.getJsonArray("identities");
        identities.forEach(identity -> fill(message.addIdentitiesBuilder(), (JsonObject) identity));
        return message.build();
    }

    private static void fill(final Message.Builder message, final JsonObject json) {
        for (final FieldDescriptor field : message.getDescriptorForType().getFields()) {
            final Object value = json.getValue(field.getJsonName());
            if (value != null) {
                message.setField(field, switch (field.getType()) {
                    case ENUM -> field.getEnumType().findValueByName((field.getName().equals("kind") ? KIND : SEX) + value);
                    case FIXED64 -> Long.parseUnsignedLong((String) value, 16);
                    default -> value;
                });
            }
        }
    }
}

package org.mawid.api.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.person.Findings;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;

/** Whoever gives contacts is found by them until they give others, take them back, or are erased. */
class ContactsTest {
    private static final long YASMINE = 0xFEDC_BA98_7654_3210L;
    private static final long BADR = 7;
    private static final String EMAIL = "Yasmine@example.org";
    private static final String MOBILE = "+212661447789";

    @TempDir
    private Path folder;
    private final MasterKey master = MasterKey.passing();
    private PersonalData data;
    private Contacts contacts;
    private long nowMs = 5_000;

    @BeforeEach
    void open() throws IOException {
        data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(master)), new FolderStore(folder.resolve("persons/sealed")), () -> nowMs);
        contacts = new Contacts(folder.resolve("persons"), data, () -> nowMs);
    }

    @Test
    void givenContacts_thenTheyAreFoundHoweverTheAddressIsTyped_byEachWhoHasIt() throws Exception {
        final ContactDetails details = details(EMAIL, MOBILE);
        contacts.put(YASMINE, details);
        contacts.put(BADR, details(EMAIL.toLowerCase(), ""));
        open();
        assertThat(contacts.get(YASMINE)).isEqualTo(details);
        assertThat(contacts.byEmail(" yasmine@EXAMPLE.org")).containsExactly(BADR, YASMINE);
        assertThat(contacts.byMobile("+212 6 61 44 77 89")).containsExactly(YASMINE);
        assertThat(contacts.byEmail("another@example.org")).isEmpty();
        assertThatThrownBy(() -> contacts.byEmail("nobody")).isInstanceOf(ContactException.class);
        assertThat(files("")).noneMatch(name -> name.contains("example") || name.contains("661447789"));
    }

    @Test
    void givenOthersOrNone_thenThoseOfBeforeFindNobody_andNothingOfThemIsLeft() throws Exception {
        contacts.put(YASMINE, details(EMAIL, MOBILE));
        contacts.put(YASMINE, details("", MOBILE));
        assertThat(contacts.byEmail(EMAIL)).isEmpty();
        assertThat(contacts.byMobile(MOBILE)).containsExactly(YASMINE);
        assertThat(files("find")).hasSize(1);
        assertThat(files("sealed")).hasSize(1);
        assertThat(contacts.delete(YASMINE)).isTrue();
        assertThat(contacts.delete(YASMINE)).isFalse();
        assertThat(contacts.get(YASMINE)).isNull();
        assertThat(contacts.byMobile(MOBILE)).isEmpty();
        assertThat(files("find")).isEmpty();
        assertThat(files("sealed")).isEmpty();
    }

    @Test
    void givenAFindingThatAKilledServerHasLeft_thenItFindsNobody() throws Exception {
        new Findings(folder.resolve("persons").resolve(Contacts.FOLDER)).add(data.nameOf("EMAIL", EMAIL.toLowerCase()), YASMINE);
        assertThat(files("find")).hasSize(1);
        assertThat(contacts.byEmail(EMAIL)).isEmpty();
        contacts.put(YASMINE, details("", MOBILE));
        assertThat(contacts.byEmail(EMAIL)).isEmpty();
    }

    @Test
    void givenSomebodyErased_thenTheyAreNotFound_andWhoComesBackIsSomebodyNew() throws Exception {
        contacts.put(YASMINE, details(EMAIL, MOBILE));
        contacts.forget(YASMINE);
        data.erase(YASMINE, 6_000);
        assertThat(files("find")).isEmpty();
        assertThat(contacts.get(YASMINE)).isNull();
        assertThatThrownBy(() -> contacts.put(YASMINE, details(EMAIL, ""))).isInstanceOf(SealException.class);
        nowMs = 7_000;
        contacts.put(YASMINE, details(EMAIL, ""));
        assertThat(contacts.byEmail(EMAIL)).containsExactly(YASMINE);
    }

    private static ContactDetails details(final String email, final String mobile) throws ContactException {
        return ContactDetails.of(email, mobile, Language.ARABIC, Set.of(Topic.REMINDER, Topic.OFFER));
    }

    private List<String> files(final String under) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("persons").resolve(under))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}

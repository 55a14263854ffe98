package org.mawid.api.document;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A document of an office program, as large as one likes in a small file: its container is whole, and opens as what it is. Names: ECMA-376, APPNOTE.TXT of PKWARE. */
final class Docx {
    private static final int LETTERS = 1 << 20;
    private static final int LOCAL = 0x0403_4B50;
    private static final int ENTRY = 0x0201_4B50;
    private static final int END = 0x0605_4B50;
    private static final short VERSION = 20;
    private static final short DEFLATED = 8;
    private static final String TYPES = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""";
    private static final String RELATIONS = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""";
    private static final String BEFORE = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>""";
    private static final String AFTER = "</w:t></w:r></w:p></w:body></w:document>";

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private short entries;

    private Docx() {
    }

    /** @param mebiletters how long its text is, of 2^20 letters each; some kilobyte of the file for each */
    static byte[] of(final int mebiletters) {
        final Docx docx = new Docx();
        docx.add("[Content_Types].xml", TYPES, 0, "");
        docx.add("_rels/.rels", RELATIONS, 0, "");
        docx.add("word/document.xml", BEFORE, mebiletters, AFTER);
        return docx.whole();
    }

    private void add(final String name, final String before, final int mebiletters, final String after) {
        final byte[] letters = new byte[LETTERS];
        Arrays.fill(letters, (byte) 'a');
        final byte[] deflated = deflated(letters, Deflater.FULL_FLUSH);
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        final CRC32 crc = new CRC32();
        content.writeBytes(deflated(before.getBytes(StandardCharsets.UTF_8), Deflater.FULL_FLUSH));
        crc.update(before.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < mebiletters; i++) { // each goes by itself, so they are deflated once
            content.writeBytes(deflated);
            crc.update(letters);
        }
        content.writeBytes(deflated(after.getBytes(StandardCharsets.UTF_8), Deflater.NO_FLUSH));
        crc.update(after.getBytes(StandardCharsets.UTF_8));
        final int offset = file.size();
        final byte[] head = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN).putShort(VERSION).putShort((short) 0).putShort(DEFLATED).putInt(0)
                .putInt((int) crc.getValue()).putInt(content.size()).putInt(before.length() + mebiletters * LETTERS + after.length()).putShort((short) name.length()).putShort((short) 0).array();
        file.writeBytes(word(LOCAL));
        file.writeBytes(head);
        file.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(content.toByteArray());
        directory.writeBytes(word(ENTRY));
        directory.writeBytes(new byte[] {VERSION, 0});
        directory.writeBytes(head);
        directory.writeBytes(new byte[10]); // comment, disk, attributes
        directory.writeBytes(word(offset));
        directory.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        entries++;
    }

    /** @param flush how it ends: so that more may follow, or {@link Deflater#NO_FLUSH} when it is the last */
    private static byte[] deflated(final byte[] content, final int flush) {
        final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        if (flush == Deflater.NO_FLUSH) {
            deflater.finish();
        }
        final byte[] deflated = new byte[content.length / 2 + 1_024];
        final int bytes = deflater.deflate(deflated, 0, deflated.length, flush);
        deflater.end();
        return Arrays.copyOf(deflated, bytes);
    }

    private byte[] whole() {
        final int offset = file.size();
        file.writeBytes(directory.toByteArray());
        file.writeBytes(ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN).putInt(END).putInt(0).putShort(entries).putShort(entries).putInt(directory.size()).putInt(offset).putShort((short) 0).array());
        return file.toByteArray();
    }

    private static byte[] word(final int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}

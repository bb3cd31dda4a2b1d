using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ProductionOffice.Templates.Tests;

/// <summary>A package written field by field, so that each of them may lie.</summary>
internal static class RawZip
{
    /// <summary>The parts of an honest package.</summary>
    public static List<RawEntry> Read(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        var entries = new List<RawEntry>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(bytes);
            entries.Add(new RawEntry(entry.FullName, bytes.ToArray()));
        }

        return entries;
    }

    /// <summary>The package of the entries; <paramref name="before"/> stands in front of it and <paramref name="comment"/> behind.</summary>
    public static byte[] Write(IEnumerable<RawEntry> entries, byte[]? before = null, byte[]? comment = null, bool zip64 = false)
    {
        var file = new MemoryStream();
        var directory = new MemoryStream();
        file.Write(before ?? []);
        var count = 0;
        foreach (var entry in entries)
        {
            var at = (uint)file.Length;
            var packed = entry.Packed;
            var crc = entry.Crc ?? Crc32.HashToUInt32(entry.Content);
            var name = entry.NameBytes ?? Encoding.UTF8.GetBytes(entry.Name);
            var header = new byte[30];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
            Common(header.AsSpan(4), entry.HasDescriptor ? 0 : crc, entry.HasDescriptor ? 0 : packed.Length, entry.HasDescriptor ? 0 : entry.Size ?? entry.Content.Length);
            file.Write(header);
            file.Write(entry.LocalName is { } other ? Encoding.UTF8.GetBytes(other) : name);
            file.Write(packed);
            if (entry.HasDescriptor)
            {
                var descriptor = new byte[16];
                BinaryPrimitives.WriteUInt32LittleEndian(descriptor, 0x08074b50);
                BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(4), crc);
                BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(8), (uint)packed.Length);
                BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(12), (uint)entry.Content.Length);
                file.Write(descriptor);
            }

            var record = new byte[46];
            BinaryPrimitives.WriteUInt32LittleEndian(record, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(4), (ushort)(entry.UnixMode == 0 ? 20 : 3 << 8 | 20));
            Common(record.AsSpan(6), crc, packed.Length, entry.Size ?? entry.Content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(30), (ushort)entry.Extra.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(38), (uint)entry.UnixMode << 16);
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(42), entry.Offset ?? at);
            directory.Write(record);
            directory.Write(name);
            directory.Write(entry.Extra);
            count++;

            void Common(Span<byte> to, uint sum, long compressed, long size)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(to, 20);
                BinaryPrimitives.WriteUInt16LittleEndian(to[2..], (ushort)(entry.Flags | (entry.HasDescriptor ? 8 : 0)));
                BinaryPrimitives.WriteUInt16LittleEndian(to[4..], entry.Method);
                BinaryPrimitives.WriteUInt32LittleEndian(to[6..], 0x00210000);
                BinaryPrimitives.WriteUInt32LittleEndian(to[10..], sum);
                BinaryPrimitives.WriteUInt32LittleEndian(to[14..], (uint)compressed);
                BinaryPrimitives.WriteUInt32LittleEndian(to[18..], (uint)size);
                BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)name.Length);
            }
        }

        var start = file.Length;
        directory.WriteTo(file);
        if (zip64)
            WriteZip64End(file, count, directory.Length, start);
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), zip64 ? ushort.MaxValue : (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), zip64 ? ushort.MaxValue : (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), zip64 ? uint.MaxValue : (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), zip64 ? uint.MaxValue : (uint)start);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(20), (ushort)(comment?.Length ?? 0));
        file.Write(end);
        file.Write(comment ?? []);
        return file.ToArray();
    }

    private static void WriteZip64End(MemoryStream file, long count, long size, long start)
    {
        var at = file.Length;
        var end = new byte[56 + 20];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064b50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(4), 44);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(24), count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), size);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), start);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(56), 0x07064b50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), at);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(72), 1);
        file.Write(end);
    }
}

/// <summary>One entry of a <see cref="RawZip"/>; what is not said is as it should be.</summary>
internal sealed record RawEntry(string Name, byte[] Content)
{
    public RawEntry(string name, string text) : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; }

    public uint? Crc { get; init; }

    /// <summary>The size that is declared.</summary>
    public long? Size { get; init; }

    /// <summary>Where the directory says the entry lies.</summary>
    public uint? Offset { get; init; }

    public byte[]? NameBytes { get; init; }

    /// <summary>The name in front of the bytes, when it is another than in the directory; must be of the same length.</summary>
    public string? LocalName { get; init; }

    public byte[] Extra { get; init; } = [];

    public bool HasDescriptor { get; init; }

    public int UnixMode { get; init; }

    /// <summary>The bytes that stand for the content, when they are not simply it.</summary>
    public byte[]? PackedBytes { get; init; }

    public string Text => Encoding.UTF8.GetString(Content);

    public byte[] Packed
    {
        get
        {
            if (PackedBytes is not null)
                return PackedBytes;
            if (Method != 8)
                return Content;
            var packed = new MemoryStream();
            using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                deflate.Write(Content);
            return packed.ToArray();
        }
    }
}

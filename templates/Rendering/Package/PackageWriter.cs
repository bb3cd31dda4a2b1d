using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ProductionOffice.Templates.Package;

/// <summary>A part that was made: compressed already, waiting for its place in the package.</summary>
internal sealed record MadePart(ushort Method, uint Crc, long Size, ReadOnlyMemory<byte> Bytes)
{
    // Above this, packing tightly is the largest share of a render, and saves a few kilobytes.
    private const int MostPackedTight = 1 << 17;

    /// <summary>Compresses small parts well and large ones fast; pictures are stored as they are.</summary>
    public static MadePart Of(ReadOnlySpan<byte> bytes, bool compress = true)
    {
        var crc = Crc32.HashToUInt32(bytes);
        if (!compress)
            return new MadePart(0, crc, bytes.Length, bytes.ToArray());
        var packed = new MemoryStream(Math.Max(256, bytes.Length / 8));
        using (var deflate = new DeflateStream(packed, bytes.Length < MostPackedTight ? CompressionLevel.Optimal : CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(bytes);
        return new MadePart(8, crc, bytes.Length, packed.GetBuffer().AsMemory(0, (int)packed.Length));
    }

    /// <summary>The part as it was before it was packed.</summary>
    public byte[] Content()
    {
        if (Method == 0)
            return Bytes.ToArray();
        var content = new byte[Size];
        using var inflate = new DeflateStream(new MemoryStream(Bytes.ToArray()), CompressionMode.Decompress);
        inflate.ReadExactly(content);
        return content;
    }
}

/// <summary>Writes a zip package with fixed times; the same parts give the same bytes.</summary>
internal sealed class PackageWriter(Stream output) : IDisposable
{
    /// <summary>1980-01-01 00:00, the first moment zip knows.</summary>
    private const uint FixedTime = 0x00210000;

    private readonly MemoryStream _directory = new();
    private readonly byte[] _header = new byte[46];
    private long _position;
    private int _count;

    /// <summary>Carries an entry over as it is, still compressed.</summary>
    public void Copy(ZipEntry entry, ReadOnlyMemory<byte> raw) => Write(entry.Name, entry.Method, entry.Crc, entry.Size, raw);

    public void Add(string name, MadePart part) => Write(name, part.Method, part.Crc, part.Size, part.Bytes);

    public void Finish()
    {
        var at = _position;
        _directory.Position = 0;
        _directory.CopyTo(output);
        var end = _header.AsSpan(0, 22);
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)at);
        output.Write(end);
    }

    public void Dispose() => _directory.Dispose();

    private void Write(string name, ushort method, uint crc, long size, ReadOnlyMemory<byte> bytes)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        ushort flags = 0;
        if (nameBytes.Any(b => b >= 0x80))
            flags = 0x0800;
        var local = _header.AsSpan(0, 30);
        local.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034b50);
        Common(local[4..], flags, method, crc, bytes.Length, size, nameBytes.Length);
        output.Write(local);
        output.Write(nameBytes);
        output.Write(bytes.Span);

        var directory = _header.AsSpan();
        directory.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(directory, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(directory[4..], 20);
        Common(directory[6..], flags, method, crc, bytes.Length, size, nameBytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(directory[42..], (uint)_position);
        _directory.Write(directory);
        _directory.Write(nameBytes);
        _position += 30 + nameBytes.Length + bytes.Length;
        _count++;
    }

    private static void Common(Span<byte> to, ushort flags, ushort method, uint crc, long compressed, long size, int nameLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], method);
        BinaryPrimitives.WriteUInt32LittleEndian(to[6..], FixedTime);
        BinaryPrimitives.WriteUInt32LittleEndian(to[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[14..], (uint)compressed);
        BinaryPrimitives.WriteUInt32LittleEndian(to[18..], (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)nameLength);
    }
}

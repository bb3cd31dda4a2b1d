using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace ProductionOffice.Templates.Package;

/// <summary>Reads zip files under limits, before anything else looks at them.</summary>
internal sealed class ZipPackage
{
    private const uint LocalHeader = 0x04034b50;
    private const uint DirectoryHeader = 0x02014b50;
    private const uint EndOfDirectory = 0x06054b50;
    private const uint Zip64Locator = 0x07064b50;
    private const uint Zip64End = 0x06064b50;

    /// <summary>Encrypted, strongly encrypted, headers masked.</summary>
    private const int EncryptedFlags = 1 | 1 << 6 | 1 << 13;

    private readonly ArraySegment<byte> _file;
    private readonly Dictionary<string, ZipEntry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ZipEntry> _entries = [];
    private long _inflated;

    private ZipPackage(ArraySegment<byte> file) => _file = file;

    /// <summary>In the order of the directory.</summary>
    public IReadOnlyList<ZipEntry> Entries => _entries;

    public static ZipPackage Open(ReadOnlyMemory<byte> file)
    {
        var package = new ZipPackage(MemoryMarshal.TryGetArray(file, out var segment) ? segment : new ArraySegment<byte>(file.ToArray()));
        package.ReadDirectory();
        return package;
    }

    public ZipEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The bytes of the entry as they lie in the file.</summary>
    public ReadOnlyMemory<byte> Raw(ZipEntry entry) => _file.AsMemory(entry.DataOffset, (int)entry.CompressedSize);

    /// <summary>Inflates an entry, counting, and holds it against its checksum.</summary>
    public byte[] Read(ZipEntry entry)
    {
        Count(entry);
        var bytes = new byte[entry.Size];
        if (entry.Method == 0)
        {
            if (entry.CompressedSize != entry.Size)
                throw Damaged(entry.Name);
            Raw(entry).Span.CopyTo(bytes);
        }
        else
        {
            using var inflater = Inflater(entry);
            Inflate(entry, inflater, bytes);
        }

        return Crc32.HashToUInt32(bytes) == entry.Crc ? bytes : throw Damaged(entry.Name);
    }

    /// <summary>Inflates an entry only to hold it against limits and checksum; keeps nothing.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isCompound">Whether it begins as the files of old Office programs do.</param>
    public void Verify(ZipEntry entry, out bool isCompound)
    {
        Count(entry);
        isCompound = false;
        if (entry.Method == 0)
        {
            isCompound = Raw(entry).Span.StartsWith(FileGate.CompoundMark);
            if (entry.CompressedSize != entry.Size || Crc32.HashToUInt32(Raw(entry).Span) != entry.Crc)
                throw Damaged(entry.Name);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using var inflater = Inflater(entry);
            var crc = new Crc32();
            long total = 0;
            int read;
            while ((read = ReadSome(entry, inflater, buffer)) > 0)
            {
                if (total == 0)
                    isCompound = buffer.AsSpan(0, read).StartsWith(FileGate.CompoundMark);
                total += read;
                if (total > entry.Size)
                    throw Overflow(entry, inflater, total);
                crc.Append(buffer.AsSpan(0, read));
            }

            if (total != entry.Size || crc.GetCurrentHashAsUInt32() != entry.Crc)
                throw Damaged(entry.Name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static TemplateException Damaged(string? part) => new("D003", part is null
        ? "The file is damaged: it was cut short or changed on its way. Ask for it again, or open it in Word or Excel and save it anew."
        : $"The file is damaged at “{part}”. Ask for it again, or open it in Word or Excel and save it anew.", part);

    private DeflateStream Inflater(ZipEntry entry) => new(new MemoryStream(_file.Array!, _file.Offset + entry.DataOffset, (int)entry.CompressedSize, false), CompressionMode.Decompress);

    private static int ReadSome(ZipEntry entry, DeflateStream inflater, Span<byte> buffer)
    {
        try
        {
            return inflater.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Damaged(entry.Name);
        }
    }

    private static void Inflate(ZipEntry entry, DeflateStream inflater, byte[] bytes)
    {
        var total = 0;
        int read;
        while (total < bytes.Length && (read = ReadSome(entry, inflater, bytes.AsSpan(total))) > 0)
            total += read;
        if (total < bytes.Length)
            throw Damaged(entry.Name);
        Span<byte> more = stackalloc byte[1];
        if (ReadSome(entry, inflater, more) > 0)
            throw Overflow(entry, inflater, total + 1);
    }

    /// <summary>The entry holds more than it declares: too much is a bomb, a little more is damage.</summary>
    private static TemplateException Overflow(ZipEntry entry, DeflateStream inflater, long total)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = ReadSome(entry, inflater, buffer)) > 0)
        {
            total += read;
            if (total > PackageLimits.Allowed(entry.CompressedSize))
                return PackageLimits.TooBig(entry.Name);
        }

        return Damaged(entry.Name);
    }

    private void Count(ZipEntry entry)
    {
        _inflated += entry.Size;
        if (_inflated > PackageLimits.InflatedBytes)
            throw PackageLimits.TooBig(entry.Name);
    }

    private void ReadDirectory()
    {
        var file = _file.AsSpan();
        var end = FindEnd(file);
        ulong count = U16(file, end + 10);
        ulong size = U32(file, end + 12);
        ulong offset = U32(file, end + 16);
        if ((count == 0xFFFF || size == 0xFFFFFFFF || offset == 0xFFFFFFFF) && end >= 20 && U32(file, end - 20) == Zip64Locator)
        {
            var at = U64(file, end - 12);
            if (at > (ulong)file.Length - 56 || U32(file, (int)at) != Zip64End)
                throw Damaged(null);
            count = U64(file, (int)at + 32);
            size = U64(file, (int)at + 40);
            offset = U64(file, (int)at + 48);
        }

        if (count > PackageLimits.Parts)
            throw new TemplateException("D004", $"The file has more than {PackageLimits.Parts} parts; no office document has. It was not opened.");
        if (offset > (ulong)file.Length || size > (ulong)file.Length - offset)
            throw Damaged(null);

        var position = (int)offset;
        long declared = 0;
        for (ulong i = 0; i < count; i++)
        {
            if (position + 46 > file.Length || U32(file, position) != DirectoryHeader)
                throw Damaged(null);
            var nameLength = U16(file, position + 28);
            var extraLength = U16(file, position + 30);
            var next = position + 46 + nameLength + extraLength + U16(file, position + 32);
            if (next > file.Length)
                throw Damaged(null);
            if (ReadEntry(file, position, nameLength, extraLength) is { } entry)
            {
                declared += entry.Size;
                if (declared > PackageLimits.InflatedBytes)
                    throw PackageLimits.TooBig(entry.Name);
                if (!_byName.TryAdd(entry.Name, entry))
                    throw new TemplateException("D003", $"The file is damaged: it holds “{entry.Name}” twice.", entry.Name);
                _entries.Add(entry);
            }

            position = next;
        }

        // A directory that goes on after its last entry hides parts from some programs and shows them to others.
        if (position != (int)(offset + size))
            throw Damaged(null);
    }

    private static ZipEntry? ReadEntry(ReadOnlySpan<byte> file, int position, int nameLength, int extraLength)
    {
        var flags = U16(file, position + 8);
        var method = U16(file, position + 10);
        long compressed = U32(file, position + 20);
        long size = U32(file, position + 24);
        long local = U32(file, position + 42);
        var nameBytes = file.Slice(position + 46, nameLength);
        var name = Encoding.UTF8.GetString(nameBytes);
        ReadZip64(file.Slice(position + 46 + nameLength, extraLength), ref size, ref compressed, ref local);
        var madeByUnix = file[position + 5] == 3;
        RefuseName(name, isLink: madeByUnix && (U32(file, position + 38) >> 28) == 0xA);
        if (name.EndsWith('/') && size == 0)
            return null;
        if ((flags & EncryptedFlags) != 0)
            throw new TemplateException("D002", "The file is protected by a password. Save it without a password and try again.");
        if (size < 0 || size > PackageLimits.InflatedBytes)
            throw PackageLimits.TooBig(name);
        if (compressed < 0 || compressed > file.Length)
            throw Damaged(name);
        if (size > PackageLimits.Allowed(compressed))
            throw PackageLimits.TooBig(name);
        if (method is not (0 or 8))
            throw new TemplateException("D003", $"The file is damaged: “{name}” is packed in a way that Word and Excel do not use.", name);
        if (local < 0 || local > file.Length - 30 || U32(file, (int)local) != LocalHeader || U16(file, (int)local + 8) != method)
            throw Damaged(name);
        var data = local + 30 + U16(file, (int)local + 26) + U16(file, (int)local + 28);
        if (data + compressed > file.Length || !file.Slice((int)local + 30, U16(file, (int)local + 26)).SequenceEqual(nameBytes))
            throw Damaged(name);
        return new ZipEntry(name, method, U32(file, position + 16), compressed, size, (int)data);
    }

    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long size, ref long compressed, ref long local)
    {
        while (extra.Length >= 4)
        {
            var length = U16(extra, 2);
            if (length + 4 > extra.Length)
                return;
            if (U16(extra, 0) == 1)
            {
                var fields = extra.Slice(4, length);
                Take(ref fields, ref size);
                Take(ref fields, ref compressed);
                Take(ref fields, ref local);
                return;
            }

            extra = extra[(4 + length)..];
        }

        static void Take(ref ReadOnlySpan<byte> fields, ref long value)
        {
            if (value != 0xFFFFFFFF || fields.Length < 8)
                return;
            value = BinaryPrimitives.ReadInt64LittleEndian(fields);
            fields = fields[8..];
        }
    }

    private static void RefuseName(string name, bool isLink)
    {
        // Programs that read names as addresses see '..' in '%2e%2e' too.
        var plain = name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
        var leaves = plain.Length == 0 || plain[0] == '/' || plain.Contains('\\') || plain.Contains(':') || plain.Any(char.IsControl)
            || plain.Split('/').Any(segment => segment is ".." or ".");
        if (leaves || isLink)
            throw new TemplateException("D008", $"The file holds a part named “{Shown(name)}” that would lie outside of it. It was not opened.", Shown(name));
    }

    private static string Shown(string name) => string.Concat(name.Select(sign => char.IsControl(sign) ? '\uFFFD' : sign));

    private static int FindEnd(ReadOnlySpan<byte> file)
    {
        var found = -1;
        for (var i = file.Length - 22; i >= 0 && i >= file.Length - 22 - 0xFFFF; i--)
        {
            if (U32(file, i) != EndOfDirectory)
                continue;
            var end = i + 22 + U16(file, i + 20);
            // A second end that fits as well, inside the comment of the first: programs would not agree on what the file holds.
            if (found < 0 ? end > file.Length : end == file.Length)
                throw Damaged(null);
            found = found < 0 ? i : found;
        }

        return found < 0 ? throw Damaged(null) : found;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Hosting;

namespace ProductionOffice.Studio.Tests;

[Collection(BrowserTests.Name)]
public sealed class StudioServingTests(BrowserOffice office)
{
    private const string Loader = "/studio/_framework/dotnet.js";

    [StudioFact]
    public async Task Files_come_as_packed_as_the_browser_takes_them_and_are_kept_as_long_as_their_name_says()
    {
        using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(office.Address) };
        var plain = await client.GetByteArrayAsync(Loader);
        foreach (var (accepted, sent) in new[] { ("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", null) })
        {
            using var answer = await GetAsync(Loader, accepted);
            answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(sent, accepted);
            answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
            (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe(sent is null ? plain.Length : (int)answer.Content.Headers.ContentLength!, accepted);
        }

        using var first = await GetAsync(Loader, "br");
        using var again = new HttpRequestMessage(HttpMethod.Get, Loader);
        again.Headers.AcceptEncoding.ParseAdd("br");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        var named = Directory.EnumerateFiles(Path.Combine(StudioFactAttribute.Folder, "_framework"), "dotnet.native.*.wasm.br").Single();
        using var kept = await GetAsync("/studio/_framework/" + Path.GetFileNameWithoutExtension(named), "br");
        kept.Headers.CacheControl!.ToString().ShouldContain("immutable");
        kept.Content.Headers.ContentType!.MediaType.ShouldBe("application/wasm");
        (await client.GetAsync("/studio/_framework/..%2f..%2foffice.dll")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpResponseMessage> GetAsync(string path, string accepted)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.ParseAdd(accepted);
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Where_the_designer_could_not_be_restored_the_page_says_what_to_do()
    {
        var path = Path.Combine(Path.GetTempPath(), "po-undrawn-" + Path.GetRandomFileName());
        var options = new ServeOptions(path, "http://127.0.0.1:0", IsEmpty: true) { RunsSchedules = false, StudioFolder = Path.Combine(path, "studio") };
        using (var folder = DataFolder.Take(path))
        await using (var app = OfficeHost.Build(options, folder, TimeProvider.System))
        {
            await OfficeHost.PrepareAsync(app, options, CancellationToken.None);
            await app.StartAsync();
            await Greeting.WriteAsync(app, folder, TextWriter.Null, CancellationToken.None);
            using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)JsonNode.Parse(await File.ReadAllTextAsync(folder.LocalAccess))!["token"]!);
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            foreach (var address in new[] { "/studio", "/studio/workflows/crew-hire" })
            {
                using var answer = await client.GetAsync(address);
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                (await answer.Content.ReadAsStringAsync()).ShouldContain("Node.js with npm");
            }

            (await client.GetAsync("/workflows")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await app.StopAsync();
        }

        Directory.Delete(path, recursive: true);
    }
}

// node render.mjs PEER TEMPLATE DATA OUT WARMUP_SECONDS ITERATIONS
// Fills the template and prints {"cpu":[ms],"rssKb"}; each render goes from the bytes of the template to those of the document.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [peer, template, dataFile, out, warmupSeconds, iterations] = process.argv.slice(2);

const peers = {
  'easy-template-x': () => {
    const { TemplateHandler } = require('easy-template-x');
    return async (bytes, data) => Buffer.from(await new TemplateHandler().process(bytes, data));
  },
  docxtemplater: () => {
    const PizZip = require('pizzip');
    const Docxtemplater = require('docxtemplater');
    return async (bytes, data) => {
      const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.toBuffer({ compression: 'DEFLATE' });
    };
  },
  carbone: () => {
    const carbone = require('carbone');
    return (bytes, data) => new Promise((done, fail) =>
      carbone.render(template, data, (error, result) => (error ? fail(error) : done(result))));
  },
  'xlsx-template': () => {
    const XlsxTemplate = require('xlsx-template');
    return async (bytes, data) => {
      const book = new XlsxTemplate();
      await book.loadTemplate(bytes);
      await book.substitute(1, data);
      return book.generate({ type: 'nodebuffer' });
    };
  },
  // No template language: the row is written by code, as its users do.
  exceljs: () => {
    const ExcelJS = require('exceljs');
    return async (bytes, data) => {
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(bytes);
      const sheet = book.worksheets[0];
      data.crew.forEach((person, i) => {
        const row = sheet.getRow(2 + i);
        row.values = [person.name, person.position, person.department, person.rate, person.days];
        for (let column = 1; column <= 5; column++)
          row.getCell(column).style = sheet.getRow(2).getCell(column).style;
        row.commit();
      });
      return Buffer.from(await book.xlsx.writeBuffer());
    };
  },
};

const render = peers[peer]();
const bytes = readFileSync(template);
const data = JSON.parse(readFileSync(dataFile, 'utf8'));
const cpu = [];
let document;
const began = performance.now();
do document = await render(bytes, data);
while (performance.now() - began < Number(warmupSeconds) * 1000);
for (let i = 0; i < Number(iterations); i++) {
  const before = process.cpuUsage();
  document = await render(bytes, data);
  const used = process.cpuUsage(before);
  cpu.push((used.user + used.system) / 1000);
}
writeFileSync(out, document);
console.log(JSON.stringify({ cpu, rssKb: process.resourceUsage().maxRSS }));
process.exit(0);
